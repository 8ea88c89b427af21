/*
 * Media with references of their own, 5-0: to 8-0:, instead of an M-Bus
 * channel: DSMR 2.2 as specified, and the Actaris ACE4000.
 */
#include "base/fixed.h"
#include "telegram/obis_code.h"
#include "telegram/parse_parts.h"
#include "telegram/parse_timestamp.h"

/* Media of group A 5 to 8 with their OMS device types. */
static const struct {
	int type;
	enum medium medium;
	enum unit unit;
} media[PARSE_MEDIA] = {
	{ 12, MEDIUM_HEAT, UNIT_MJ },
	{ 10, MEDIUM_COLD, UNIT_MJ },
	{ 3, MEDIUM_GAS, UNIT_DM3 },
	{ 7, MEDIUM_WATER, UNIT_DM3 },
};

/*
 * Take the newest of a ring of readings in any order; if two have the same
 * time, in the repeated hour in October, take the higher one.
 */
static bool is_newer(const struct medium_value *m, const struct timestamp *time,
		     struct printed value)
{
	int64_t before = utc_from_civil(&m->time.civil);
	int64_t now = utc_from_civil(&time->civil), had, has;

	if (m->time.kind == TIMESTAMP_NONE || now != before)
		return m->time.kind == TIMESTAMP_NONE || now > before;
	return fixed_parse(m->value.number, 3, &had) &&
	       fixed_parse(value.number, 3, &has) && has > had;
}

static struct medium_value *medium_of(struct parse *p,
				      const struct known_line *l)
{
	enum { FIRST = 5 };

	if (!p->has_media) {
		memset(p->media, 0, sizeof(p->media));
		for (int i = 0; i < PARSE_MEDIA; i++)
			p->media[i].valve = -1;
		p->has_media = true;
	}
	return &p->media[(l->known->reference >> 28) - FIRST];
}

/* (value)(time), or (time)(value). */
bool media_value_line(struct parse *p, const struct known_line *l)
{
	const uint32_t reference = l->known->reference;
	struct medium_value *m = medium_of(p, l);
	struct span more = l->more, second;
	struct timestamp time;
	struct printed value;
	bool value_first;

	if (!telegram_group(&more, &second))
		return false;
	time = parse_timestamp(second, p->base);
	value_first = time.kind != TIMESTAMP_NONE;
	if (!value_first)
		time = parse_timestamp(l->value, p->base);
	if (time.kind == TIMESTAMP_NONE || reference < m->reference)
		return false;
	value = printed_split(value_first ? l->value : second);
	if (reference == m->reference && !is_newer(m, &time, value))
		return true;
	m->reference = reference;
	m->time = time;
	m->value = value;
	return true;
}

bool media_meter_line(struct parse *p, const struct known_line *l)
{
	medium_of(p, l)->meter = span_trim(l->value);
	return true;
}

bool media_valve_line(struct parse *p, const struct known_line *l)
{
	struct medium_value *m = medium_of(p, l);
	const struct span value = l->value;
	const bool is = value.n == 1 && *value.p >= '0' && *value.p <= '2';

	m->valve = is ? *value.p - '0' : -1;
	return is;
}

/* The channel that sent only an identifier, else a free one. */
static struct mbus *slot(struct reading *r)
{
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (r->mbus[i].channel > 0 && r->mbus[i].type < 0 &&
		    r->mbus[i].time.kind == TIMESTAMP_NONE)
			return &r->mbus[i];
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (r->mbus[i].channel == 0) {
			r->mbus[i].channel = i + 1;
			return &r->mbus[i];
		}
	return NULL;
}

void media_finish(struct parse *p)
{
	for (int i = 0; p->has_media && i < PARSE_MEDIA; i++) {
		const struct medium_value *from = &p->media[i];
		int64_t value;
		struct mbus *m;

		if (from->time.kind == TIMESTAMP_NONE ||
		    !printed_count(from->value, media[i].unit, &value) ||
		    (m = slot(p->r)) == NULL)
			continue;
		m->type = media[i].type;
		m->medium = media[i].medium;
		m->unit = media[i].unit;
		m->time = from->time;
		m->value = value;
		m->has_value = true;
		m->valve = from->valve;
		if (from->meter.n > 0)
			m->meter = from->meter;
	}
}
