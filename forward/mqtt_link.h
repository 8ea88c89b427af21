/*
 * A connection to an MQTT broker through libmosquitto, on its own thread: name
 * resolution, connecting, TLS and an unresponsive broker delay nothing else. It
 * reconnects by itself with growing pauses (1 s to 60 s). Only this and
 * forward/mqtt_broker use libmosquitto.
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
 * Create a link to this broker (copied) without connecting. Returns NULL and
 * sets *e: ERR_CONFIG for an invalid setting, or without libmosquitto.
 */
struct mqtt_link *mqtt_link_new(const struct mqtt_broker *b, struct err *e);

/* Start connecting. ERR_FAILED: no thread. */
int mqtt_link_start(struct mqtt_link *l, struct err *e);

enum mqtt_link_state { MQTT_LINK_TRYING, MQTT_LINK_UP, MQTT_LINK_DOWN };

struct mqtt_link_status {
	enum mqtt_link_state state; /* DOWN: the last attempt failed;
				       retrying */
	unsigned ups;		    /* number of connections */
	unsigned births;	    /* times that `watch` said "online" */
	long waiting;		    /* messages not yet with the broker */
	char why[120];		    /* MQTT_LINK_DOWN */
};

/* The present status, copied. */
void mqtt_link_status(struct mqtt_link *l, struct mqtt_link_status *out);

/* Queue a message (copied). False: not up, or the queue is full. */
bool mqtt_link_publish(struct mqtt_link *l, const char *topic,
		       struct span payload, bool retain);

/*
 * Disconnect and stop within about `ms`. A thread that hangs in a system call
 * is abandoned and frees everything itself. NULL is fine.
 */
void mqtt_link_free(struct mqtt_link *l, long ms);

#endif
