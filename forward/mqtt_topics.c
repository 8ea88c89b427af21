#include "forward/mqtt_topics.h"

#include <stdio.h>
#include <string.h>

#include "forward/outputs.h"

static int take_topic(char *out, const char *key, const char *text,
		      struct err *e)
{
	size_t n = strlen(text);

	if (n >= TOPIC_PREFIX || strpbrk(text, "+#") ||
	    (n > 0 && text[n - 1] == '/'))
		return err_set(
			e, ERR_CONFIG,
			"%s: '%s' is not a topic (up to %d bytes, without "
			"+ and #, no / at the end)",
			key, text, TOPIC_PREFIX - 1);
	memcpy(out, text, n + 1);
	return 0;
}

int mqtt_topics_take(struct mqtt_topics *t, const struct outputs_settings *s,
		     struct err *e)
{
	if (take_topic(t->topic, "topic", s->mqtt.topic, e) < 0 ||
	    take_topic(t->homeassistant, "homeassistant", s->mqtt.homeassistant,
		       e) < 0 ||
	    take_topic(t->smart_meter, "smart_meter", s->mqtt.smart_meter, e) <
		    0)
		return e->code;
	if (t->topic[0] == '\0')
		return err_set(e, ERR_CONFIG, "topic: it must not be empty");
	snprintf(t->status, sizeof(t->status), "%s/status", t->topic);
	if (t->homeassistant[0] != '\0')
		snprintf(t->watch, sizeof(t->watch), "%s/status",
			 t->homeassistant);
	return 0;
}
