/*
 * A connection to an MQTT broker, by libmosquitto on a thread of its own:
 * looking up the name, connecting, TLS and a broker that does not answer cost
 * nobody else a millisecond. It connects again by itself, with growing pauses.
 * The one file that knows libmosquitto.
 */
#ifndef FORWARD_MQTT_LINK_H
#define FORWARD_MQTT_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/span.h"

/* All is copied by mqtt_link_new; "" or NULL where something is not wanted. */
struct mqtt_link_options {
	const char *host;
	int port;
	const char *client_id;
	const char *user, *password;
	bool tls;
	const char *ca_file; /* "": what the system trusts */
	const char *cert_file, *key_file;
	int qos;
	const char *will_topic, *will; /* said by the broker when we vanish */
	const char *watch;             /* a topic; its "online" is counted */
};

struct mqtt_link;

/* NULL and *e: ERR_CONFIG for options that cannot work. Does nothing yet. */
struct mqtt_link *mqtt_link_new(const struct mqtt_link_options *o,
				struct err *e);

/* Begin. ERR_FAILED: no thread. */
int mqtt_link_start(struct mqtt_link *l, struct err *e);

enum mqtt_link_state { MQTT_LINK_TRYING, MQTT_LINK_UP, MQTT_LINK_DOWN };

struct mqtt_link_status {
	enum mqtt_link_state state; /* DOWN: it failed last, and tries on */
	unsigned ups;          /* how often it came up */
	unsigned births;       /* how often `watch` said "online" */
	long waiting;          /* messages that are not yet with the broker */
	char why[120];         /* MQTT_LINK_DOWN */
};

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
