#include "forward/mqtt_messages.h"

#include <stdio.h>
#include <string.h>

#include "base/fixed.h"
#include "forward/homeassistant.h"
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
		return err_set(e, ERR_CONFIG, "topic: it is empty");
	snprintf(t->status, sizeof(t->status), "%s/status", t->topic);
	if (t->homeassistant[0] != '\0')
		snprintf(t->watch, sizeof(t->watch), "%s/status",
			 t->homeassistant);
	return 0;
}

void mqtt_put(struct mqtt_outbox *out, const struct mqtt_topics *t,
	      const char *name, struct span payload, bool retain)
{
	char topic[TOPIC_TEXT];

	snprintf(topic, sizeof(topic), "%s/%s", t->topic, name);
	mqtt_outbox_put(out, topic, payload, retain);
}

static void put_number(struct mqtt_outbox *out, const struct mqtt_topics *t,
		       const char *name, int64_t v, int decimals)
{
	char text[FIXED_TEXT];

	if (decimals == 0)
		snprintf(text, sizeof(text), "%lld", (long long)v);
	else
		fixed_format(text, v);
	mqtt_put(out, t, name, span_of(text), true);
}

static void put_time(struct mqtt_outbox *out, const struct mqtt_topics *t,
		     const char *name, const struct timestamp *s)
{
	char text[UTC_TEXT];

	if (s->kind == TIMESTAMP_UTC)
		mqtt_put(out, t, name, span_of(utc_format(text, s->utc)), true);
}

void mqtt_put_values(struct mqtt_outbox *out, const struct mqtt_topics *t,
		     const struct reading *r)
{
	char name[TOPIC_NAME], time[TOPIC_NAME + 8];

	put_time(out, t, "time", &r->time);
	for (int q = 0; q < Q_COUNT; q++)
		if (reading_has(r, (enum quantity)q))
			put_number(out, t, quantities[q].name, r->value[q],
				   units[quantities[q].unit].decimals);
	for (int i = 0; i < MBUS_CHANNELS; i++) {
		const struct mbus *b = &r->mbus[i];

		if (!b->has_value)
			continue;
		put_number(out, t, topic_channel(name, b), b->value,
			   units[b->unit].decimals);
		snprintf(time, sizeof(time), "%s_time", name);
		put_time(out, t, time, &b->time);
	}
}

void mqtt_announce(struct mqtt_outbox *out, const struct mqtt_topics *t,
		   const struct reading *r, struct mqtt_told *told)
{
	const struct ha_place at = { t->homeassistant, t->topic, t->status };
	struct ha_document d;

	for (int q = 0; q < Q_COUNT; q++) {
		uint64_t bit = UINT64_C(1) << q;

		if ((r->have & ~told->quantities & bit) == 0)
			continue;
		if (ha_quantity(&at, r, (enum quantity)q, &d))
			mqtt_outbox_put(out, d.topic,
					(struct span){ d.text, d.n }, true);
		told->quantities |= bit;
	}
	for (int i = 0; i < MBUS_CHANNELS; i++) {
		if (!r->mbus[i].has_value || told->channels >> i & 1)
			continue;
		if (ha_channel(&at, &r->mbus[i], &d))
			mqtt_outbox_put(out, d.topic,
					(struct span){ d.text, d.n }, true);
		told->channels |= 1U << i;
	}
}
