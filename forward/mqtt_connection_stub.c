/* Stub for builds without libmosquitto. */
#include "forward/mqtt_connection.h"

#ifndef HAVE_MOSQUITTO

struct mqtt_connection *mqtt_connection_new(const struct mqtt_broker *b,
					    struct err *e)
{
	(void)b;
	err_set(e, ERR_CONFIG, "broker: this p1logger was built without MQTT");
	return NULL;
}

int mqtt_connection_start(struct mqtt_connection *l, struct err *e)
{
	(void)l;
	return err_set(e, ERR_FAILED, "built without MQTT");
}

void mqtt_connection_status(struct mqtt_connection *l,
			    struct mqtt_connection_status *out)
{
	(void)l;
	*out = (struct mqtt_connection_status){ .state = MQTT_CONNECTION_DOWN };
}

bool mqtt_connection_publish(struct mqtt_connection *l, const char *topic,
			     struct span payload, bool retain)
{
	(void)l;
	(void)topic;
	(void)payload;
	(void)retain;
	return false;
}

void mqtt_connection_free(struct mqtt_connection *l, long ms)
{
	(void)l;
	(void)ms;
}

#endif
