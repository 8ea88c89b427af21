/* Convert a reading to MQTT topics and payloads. docs/forward.md */
#ifndef FORWARD_MQTT_MESSAGES_H
#define FORWARD_MQTT_MESSAGES_H

#include "base/err.h"
#include "forward/mqtt_outbox.h"
#include "forward/topics.h"
#include "telegram/reading.h"

struct outputs_settings;

/* Topics and prefixes from the settings; "" is off. */
struct mqtt_topics {
	char topic[TOPIC_PREFIX];	  /* our own prefix, never "" */
	char status[TOPIC_TEXT];	  /* "online" and "offline" */
	char homeassistant[TOPIC_PREFIX]; /* prefix of discovery */
	char watch[TOPIC_TEXT];		  /* Home Assistant's birth topic */
	char smart_meter[TOPIC_PREFIX];	  /* for Smart Meter Service */
};

/* Fill *t. Returns 0, or ERR_CONFIG with the setting that is not a topic. */
int mqtt_topics_take(struct mqtt_topics *t, const struct outputs_settings *s,
		     struct err *e);

/* Queue a message on topic/name; everything is copied. */
void mqtt_put(struct mqtt_outbox *out, const struct mqtt_topics *t,
	      const char *name, struct span payload, bool retain);

/* Queue each value of a reading on its own topic, retained. */
void mqtt_put_values(struct mqtt_outbox *out, const struct mqtt_topics *t,
		     const struct reading *r);

/* What was announced to Home Assistant on this connection. */
struct mqtt_told {
	uint64_t quantities; /* bit of each enum quantity */
	unsigned channels;   /* bit i: slot i of the reading's M-Bus */
};

/*
 * Queue the documents of values in the reading that *told lacks, and add them
 * to *told.
 */
void mqtt_announce(struct mqtt_outbox *out, const struct mqtt_topics *t,
		   const struct reading *r, struct mqtt_told *told);

#endif
