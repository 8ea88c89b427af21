/* What a reading becomes on MQTT: topics and payloads. docs/forward.md */
#ifndef FORWARD_MQTT_MESSAGES_H
#define FORWARD_MQTT_MESSAGES_H

#include "base/err.h"
#include "forward/outbox.h"
#include "forward/topics.h"
#include "telegram/reading.h"

struct forward_settings;

/* What topics begin with, from the settings; "" is off. */
struct mqtt_topics {
	char topic[TOPIC_PREFIX];	  /* of our own, never "" */
	char status[TOPIC_TEXT];	  /* "online" and "offline" */
	char homeassistant[TOPIC_PREFIX]; /* of its discovery */
	char watch[TOPIC_TEXT];		  /* where Home Assistant is born */
	char smart_meter[TOPIC_PREFIX];	  /* of Smart Meter Service */
};

/* Fill it. 0, or ERR_CONFIG with the setting that is not a topic. */
int mqtt_topics_take(struct mqtt_topics *t, const struct forward_settings *s,
		     struct err *e);

/* One message on topic/name, all copied. */
void mqtt_put(struct outbox *out, const struct mqtt_topics *t, const char *name,
	      struct span payload, bool retain);

/* Each value of a reading on a topic of its own, retained. */
void mqtt_put_values(struct outbox *out, const struct mqtt_topics *t,
		     const struct reading *r);

/* Of what Home Assistant has heard on this connection. */
struct mqtt_told {
	uint64_t quantities; /* bit of each enum quantity */
	unsigned channels;   /* bit i is slot i of the reading's M-Bus */
};

/* The documents of what the reading has and *told has not; then it has. */
void mqtt_announce(struct outbox *out, const struct mqtt_topics *t,
		   const struct reading *r, struct mqtt_told *told);

#endif
