/*
 * A connection to an MQTT broker through libmosquitto, on its own thread: name
 * resolution, connecting, TLS and an unresponsive broker delay nothing else. It
 * reconnects by itself with growing pauses (1 s to 60 s). Only this and
 * forward/mqtt_connection_options use libmosquitto.
 */
#ifndef FORWARD_MQTT_CONNECTION_H
#define FORWARD_MQTT_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/span.h"
#include "forward/mqtt_connection_options.h"

struct mqtt_connection;

/*
 * Create a connection to this broker (copied) without connecting. Returns NULL
 * and sets *e: ERR_CONFIG for an invalid setting, or without libmosquitto.
 */
struct mqtt_connection *mqtt_connection_new(const struct mqtt_broker *b,
					    struct err *e);

/* Start connecting. Returns 0, or ERR_FAILED if no thread can be started. */
int mqtt_connection_start(struct mqtt_connection *l, struct err *e);

enum mqtt_connection_state {
	MQTT_CONNECTION_TRYING,
	MQTT_CONNECTION_UP,
	MQTT_CONNECTION_DOWN
};

struct mqtt_connection_status {
	enum mqtt_connection_state state; /* DOWN: the last attempt failed;
				       retrying */
	unsigned ups;			  /* number of connections */
	unsigned births;		  /* times that `watch` said "online" */
	long waiting;			  /* messages not yet with the broker */
	char why[120];			  /* MQTT_CONNECTION_DOWN */
};

/* The current status, copied. */
void mqtt_connection_status(struct mqtt_connection *l,
			    struct mqtt_connection_status *out);

/*
 * Queue a message (copied). Returns false if the connection is not up or the
 * queue is full.
 */
bool mqtt_connection_publish(struct mqtt_connection *l, const char *topic,
			     struct span payload, bool retain);

/*
 * Disconnect and stop within about `ms`. A thread that hangs in a system call
 * is abandoned and frees everything itself. NULL is fine.
 */
void mqtt_connection_free(struct mqtt_connection *l, long ms);

#endif
