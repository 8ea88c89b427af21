#include "forward/mqtt_connection_options.h"

#ifdef HAVE_MOSQUITTO

#include <string.h>

#include "forward/mqtt_library.h"

static bool given(const char *text)
{
	return text != NULL && text[0] != '\0';
}

static int refused(struct err *e, const char *what, int rc)
{
	if (rc == MOSQ_ERR_SUCCESS)
		return 0;
	return err_set(e, ERR_CONFIG, "%s: %s", what,
		       rc == MOSQ_ERR_INVAL ? "a file is missing or not valid"
					    : mosquitto.strerror(rc));
}

static int set_tls(struct mosquitto *m, const struct mqtt_broker *b,
		   struct err *e)
{
	const char *ca = given(b->ca_file) ? b->ca_file : NULL;
	const char *cert = given(b->cert_file) ? b->cert_file : NULL;
	const char *key = given(b->key_file) ? b->key_file : NULL;
	/* libmosquitto takes no certificate without one of the two. */
	const char *folder = ca == NULL ? "/etc/ssl/certs" : NULL;

	if (!b->tls)
		return 0;
	if (ca == NULL &&
	    refused(e, "the system's certificates",
		    mosquitto.int_option(m, MOSQ_OPT_TLS_USE_OS_CERTS, 1)) < 0)
		return e->code;
	return refused(e, "ca_file, cert_file, key_file",
		       mosquitto.tls_set(m, ca, folder, cert, key, NULL));
}

int mqtt_connection_set(struct mosquitto *m, const struct mqtt_broker *b,
			struct err *e)
{
	const char *password = given(b->password) ? b->password : NULL;

	if (given(b->user) &&
	    refused(e, "user",
		    mosquitto.username_pw_set(m, b->user, password)) < 0)
		return e->code;
	if (given(b->will_topic) &&
	    refused(e, "topic",
		    mosquitto.will_set(m, b->will_topic, (int)strlen(b->will),
				       b->will, b->qos, true)) < 0)
		return e->code;
	return set_tls(m, b, e);
}

#endif
