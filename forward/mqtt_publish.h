/*
 * Decide what is published on MQTT for a reading, and queue it: docs/forward.md.
 * A value is published when it changes, and again after `refresh` seconds.
 */
#ifndef FORWARD_MQTT_PUBLISH_H
#define FORWARD_MQTT_PUBLISH_H

#include "base/err.h"
#include "forward/homeassistant.h"
#include "forward/mqtt_outbox.h"
#include "forward/mqtt_topics.h"
#include "forward/output.h"
#include "forward/smartmeter.h"
#include "forward/today.h"

struct outputs_settings;

/* Values with a topic of their own. */
enum {
	MQTT_TIME,
	MQTT_TODAY,
	MQTT_QUANTITY, /* the first */
	MQTT_CHANNEL = MQTT_QUANTITY + Q_COUNT,
	MQTT_CHANNEL_TIME = MQTT_CHANNEL + MBUS_CHANNELS,
	MQTT_VALUES = MQTT_CHANNEL_TIME + MBUS_CHANNELS
};

/* The last publication of a value. */
struct mqtt_published {
	uint64_t hash; /* of topic and payload; 0 if nothing */
	int64_t ms;    /* when, monotonic */
};

struct mqtt_publish {
	struct mqtt_topics topics;
	struct ha_options ha;
	bool reading, values;
	int64_t refresh_ms;
	struct today today;
	/* On this connection, so far: */
	bool announced[MQTT_VALUES];
	bool announced_today[TODAY_COUNT];
	struct mqtt_published published[MQTT_VALUES];
	char document[SMARTMETER_MAX];
};

/* Take the settings. Returns 0 or ERR_CONFIG, which names the key. */
int mqtt_publish_open(struct mqtt_publish *p, const struct outputs_settings *s,
		      struct err *e);

/* Publish everything again: a new connection, or Home Assistant restarted. */
void mqtt_publish_again(struct mqtt_publish *p);

/* Queue the documents for Home Assistant of values that it does not know. */
void mqtt_publish_announce(struct mqtt_publish *p, struct mqtt_outbox *out,
			   const struct reading *r);

/* Queue "online" or "offline". */
void mqtt_publish_status(const struct mqtt_publish *p, struct mqtt_outbox *out,
			 bool online);

/* Queue what is due for a reading, or for the day's totals. */
void mqtt_publish_reading(struct mqtt_publish *p, struct mqtt_outbox *out,
			  const struct live *live);
void mqtt_publish_today(struct mqtt_publish *p, struct mqtt_outbox *out,
			int64_t now_ms);

#endif
