/* Configure libmosquitto for an MQTT broker: address, user, TLS. */
#ifndef FORWARD_MQTT_CONNECTION_OPTIONS_H
#define FORWARD_MQTT_CONNECTION_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"

/* "" or NULL: not used. Borrowed. */
struct mqtt_broker {
	const char *host;
	int port;
	const char *client_id;
	const char *user, *password;
	bool tls;
	const char *ca_file; /* "" for the system's */
	const char *cert_file, *key_file;
	int qos;		       /* for the will and all messages */
	const char *will_topic, *will; /* sent by the broker when we vanish */
	const char *watch;	       /* a topic on which "online" is
					  counted */
};

struct mosquitto;

/*
 * Set the user, the will and the certificates. Returns 0, or ERR_CONFIG with
 * the invalid setting or the missing file.
 */
int mqtt_connection_set(struct mosquitto *m, const struct mqtt_broker *b,
			struct err *e);

#endif
