/* Which MQTT broker, and as whom: what libmosquitto is told of it. */
#ifndef FORWARD_MQTT_BROKER_H
#define FORWARD_MQTT_BROKER_H

#include <stdbool.h>

#include "base/err.h"

/* "" or NULL where something is not wanted. Borrowed. */
struct mqtt_broker {
	const char *host;
	int port;
	const char *client_id;
	const char *user, *password;
	bool tls;
	const char *ca_file; /* none: what the system trusts */
	const char *cert_file, *key_file;
	int qos;		       /* of the will and all that is sent */
	const char *will_topic, *will; /* said by the broker when we vanish */
	const char *watch;	       /* a topic; its "online" is counted */
};

struct mosquitto;

/*
 * Tell it the user, the will and the certificates. 0, or ERR_CONFIG with the
 * setting that cannot work, or a file that is not there.
 */
int mqtt_broker_set(struct mosquitto *m, const struct mqtt_broker *b,
		    struct err *e);

#endif
