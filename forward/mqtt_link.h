/*
 * A connection to an MQTT broker, by libmosquitto on a thread of its own:
 * looking up the name, connecting, TLS and a broker that does not answer cost
 * nobody else a millisecond. It connects again by itself, with growing pauses
 * (1 s to 60 s). Only this and forward/mqtt_broker know libmosquitto.
 */
#ifndef FORWARD_MQTT_LINK_H
#define FORWARD_MQTT_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/span.h"
#include "forward/mqtt_broker.h"

struct mqtt_link;

/*
 * A link to this broker, all of it copied; nothing is done yet. NULL and *e:
 * ERR_CONFIG for what cannot work, or a build without libmosquitto.
 */
struct mqtt_link *mqtt_link_new(const struct mqtt_broker *b, struct err *e);

/* Begin. ERR_FAILED: no thread. */
int mqtt_link_start(struct mqtt_link *l, struct err *e);

enum mqtt_link_state { MQTT_LINK_TRYING, MQTT_LINK_UP, MQTT_LINK_DOWN };

struct mqtt_link_status {
	enum mqtt_link_state state; /* DOWN: it failed last, and tries on */
	unsigned ups;		    /* how often it came up */
	unsigned births;	    /* how often `watch` said "online" */
	long waiting;  /* messages that are not yet with the broker */
	char why[120]; /* MQTT_LINK_DOWN */
};

/* How it is now; copied. */
void mqtt_link_status(struct mqtt_link *l, struct mqtt_link_status *out);

/* Hand over a message, copied. False: not up, or too much waits already. */
bool mqtt_link_publish(struct mqtt_link *l, const char *topic,
		       struct span payload, bool retain);

/*
 * Say goodbye and end, within about `ms`. A thread that hangs in a system call
 * is left behind, and frees everything by itself. NULL is fine.
 */
void mqtt_link_free(struct mqtt_link *l, long ms);

#endif
