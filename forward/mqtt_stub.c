/* Stub for builds without libmosquitto. */
#include "forward/mqtt_link.h"

#ifndef HAVE_MOSQUITTO

struct mqtt_link *mqtt_link_new(const struct mqtt_broker *b, struct err *e)
{
	(void)b;
	err_set(e, ERR_CONFIG, "broker: this p1logger was built without MQTT");
	return NULL;
}

int mqtt_link_start(struct mqtt_link *l, struct err *e)
{
	(void)l;
	return err_set(e, ERR_FAILED, "built without MQTT");
}

void mqtt_link_status(struct mqtt_link *l, struct mqtt_link_status *out)
{
	(void)l;
	*out = (struct mqtt_link_status){ .state = MQTT_LINK_DOWN };
}

bool mqtt_link_publish(struct mqtt_link *l, const char *topic,
		       struct span payload, bool retain)
{
	(void)l;
	(void)topic;
	(void)payload;
	(void)retain;
	return false;
}

void mqtt_link_free(struct mqtt_link *l, long ms)
{
	(void)l;
	(void)ms;
}

#endif
