/* The topics that p1logger publishes on, from the settings. */
#ifndef FORWARD_MQTT_TOPICS_H
#define FORWARD_MQTT_TOPICS_H

#include "base/err.h"
#include "forward/topics.h"

struct outputs_settings;

/* "" is off. */
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

#endif
