#include "forward/mqtt_publish.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fixed.h"
#include "forward/outputs.h"

int mqtt_publish_open(struct mqtt_publish *p, const struct outputs_settings *s,
		      struct err *e)
{
	int64_t often = s->mqtt.refresh_s > s->mqtt.interval_s
				? s->mqtt.refresh_s
				: s->mqtt.interval_s;

	p->reading = s->mqtt.reading;
	p->values = s->mqtt.values;
	p->refresh_ms = s->mqtt.refresh_s * 1000;
	p->ha = (struct ha_options){
		.prefix = p->topics.homeassistant,
		.topic = p->topics.topic,
		.status = p->topics.status,
		.expire_s = s->mqtt.expire_s,
	};
	if (p->ha.expire_s > 0 && p->ha.expire_s < 2 * often)
		p->ha.expire_s = 2 * often;
	snprintf(p->ha.page, sizeof(p->ha.page), "%s", s->mqtt.page);
	return mqtt_topics_take(&p->topics, s, e);
}

void mqtt_publish_again(struct mqtt_publish *p)
{
	memset(p->announced, 0, sizeof(p->announced));
	memset(p->announced_today, 0, sizeof(p->announced_today));
	memset(p->published, 0, sizeof(p->published));
}

static void put(const struct mqtt_publish *p, struct mqtt_outbox *out,
		const char *name, struct span payload, bool retain)
{
	char topic[TOPIC_TEXT];

	snprintf(topic, sizeof(topic), "%s/%s", p->topics.topic, name);
	mqtt_outbox_put(out, topic, payload, retain);
}

void mqtt_publish_status(const struct mqtt_publish *p, struct mqtt_outbox *out,
			 bool online)
{
	mqtt_outbox_put(out, p->topics.status,
			online ? SPAN("online") : SPAN("offline"), true);
}

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv */
static uint64_t hash(uint64_t before, struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		before = (before ^ (unsigned char)s.p[i]) *
			 UINT64_C(0x100000001b3);
	return before;
}

/*
 * Has a value changed, or was it published long ago? If so, record it as
 * published.
 */
static bool is_due(struct mqtt_publish *p, int value, const char *name,
		   struct span payload, int64_t now_ms)
{
	struct mqtt_published *last = &p->published[value];
	uint64_t now = hash(hash(UINT64_C(0xcbf29ce484222325), span_of(name)),
			    payload);

	if (now == last->hash && now_ms - last->ms < p->refresh_ms)
		return false;
	*last = (struct mqtt_published){ now, now_ms };
	return true;
}

static void put_text(struct mqtt_publish *p, struct mqtt_outbox *out, int value,
		     const char *name, struct span payload, int64_t now_ms)
{
	if (is_due(p, value, name, payload, now_ms))
		put(p, out, name, payload, true);
}

static void put_number(struct mqtt_publish *p, struct mqtt_outbox *out,
		       int value, const char *name, int64_t v, enum unit unit,
		       int64_t now_ms)
{
	char text[FIXED_TEXT];

	if (units[unit].decimals == 0)
		snprintf(text, sizeof(text), "%" PRId64, v);
	else
		fixed_format(text, v);
	put_text(p, out, value, name, span_of(text), now_ms);
}

static void put_time(struct mqtt_publish *p, struct mqtt_outbox *out, int value,
		     const char *name, const struct timestamp *s,
		     int64_t now_ms)
{
	char text[UTC_TEXT];

	if (s->kind == TIMESTAMP_UTC)
		put_text(p, out, value, name, span_of(utc_format(text, s->utc)),
			 now_ms);
}

static void put_values(struct mqtt_publish *p, struct mqtt_outbox *out,
		       const struct reading *r, int64_t now_ms)
{
	char name[TOPIC_NAME], time[TOPIC_NAME + 8];

	put_time(p, out, MQTT_TIME, "time", &r->time, now_ms);
	for (int q = 0; q < Q_COUNT; q++)
		if (reading_has(r, (enum quantity)q))
			put_number(p, out, MQTT_QUANTITY + q,
				   quantities[q].name, r->value[q],
				   quantities[q].unit, now_ms);
	for (int i = 0; i < MBUS_CHANNELS; i++) {
		const struct mbus *b = &r->mbus[i];

		if (!b->has_value)
			continue;
		topic_channel(name, b);
		snprintf(time, sizeof(time), "%s_time", name);
		put_number(p, out, MQTT_CHANNEL + i, name, b->value, b->unit,
			   now_ms);
		put_time(p, out, MQTT_CHANNEL_TIME + i, time, &b->time, now_ms);
	}
}

void mqtt_publish_reading(struct mqtt_publish *p, struct mqtt_outbox *out,
			  const struct live *live)
{
	size_t n;

	if (p->reading)
		put(p, out, "reading", live->json, false);
	if (p->values)
		put_values(p, out, live->reading, live->now_ms);
	if (live->utc >= p->today.end)
		p->today = (struct today){ 0 };
	mqtt_publish_today(p, out, live->now_ms);
	if (p->topics.smart_meter[0] == '\0')
		return;
	n = smartmeter(live->reading, p->document, sizeof(p->document));
	mqtt_outbox_put(out, p->topics.smart_meter,
			(struct span){ p->document, n }, false);
}

static void announce(struct mqtt_outbox *out, bool *announced,
		     const struct ha_document *d)
{
	mqtt_outbox_put(out, d->topic, (struct span){ d->text, d->n }, true);
	*announced = true;
}

static bool speaks_to_homeassistant(const struct mqtt_publish *p)
{
	return p->topics.homeassistant[0] != '\0' && p->values;
}

void mqtt_publish_announce(struct mqtt_publish *p, struct mqtt_outbox *out,
			   const struct reading *r)
{
	struct ha_document d;

	if (!speaks_to_homeassistant(p))
		return;
	ha_meter(&p->ha, r);
	for (int q = 0; q < Q_COUNT; q++)
		if (reading_has(r, (enum quantity)q) &&
		    !p->announced[MQTT_QUANTITY + q] &&
		    ha_quantity(&p->ha, (enum quantity)q, &d))
			announce(out, &p->announced[MQTT_QUANTITY + q], &d);
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (r->mbus[i].has_value && !p->announced[MQTT_CHANNEL + i] &&
		    ha_channel(&p->ha, &r->mbus[i], &d))
			announce(out, &p->announced[MQTT_CHANNEL + i], &d);
}

static void announce_today(struct mqtt_publish *p, struct mqtt_outbox *out)
{
	struct ha_document d;

	for (int i = 0; i < TODAY_COUNT; i++)
		if (p->today.known[i] && !p->announced_today[i] &&
		    ha_today(&p->ha, (enum today_item)i, p->today.currency, &d))
			announce(out, &p->announced_today[i], &d);
}

void mqtt_publish_today(struct mqtt_publish *p, struct mqtt_outbox *out,
			int64_t now_ms)
{
	char text[TODAY_TEXT];

	if (p->today.since == 0 || !p->values)
		return;
	if (speaks_to_homeassistant(p))
		announce_today(p, out);
	put_text(p, out, MQTT_TODAY, "today", today_json(&p->today, text),
		 now_ms);
}
