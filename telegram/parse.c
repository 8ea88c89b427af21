#include "telegram/parse.h"

#include <stddef.h>
#include <strings.h>

#include "base/fixed.h"
#include "telegram/obis_code.h"
#include "telegram/parse_parts.h"
#include "telegram/parse_timestamp.h"

/* Join a value broken over two lines into `buf`. */
static struct span joined(struct span value, char *buf, size_t size)
{
	struct span out = { buf, 0 };

	for (size_t i = 0; i < value.n && out.n < size; i++)
		if (value.p[i] != '\r' && value.p[i] != '\n')
			buf[out.n++] = value.p[i];
	return out;
}

static bool count_value(struct reading *r, enum quantity q, struct span value)
{
	enum { NUMBER_MAX = 48 };
	const enum unit unit = quantities[q].unit;
	struct printed p = printed_split(value);
	char buf[NUMBER_MAX];
	int64_t v;

	if (!printed_count(p, unit, &v)) {
		if (value.n == 0 || memchr(value.p, '\n', value.n) == NULL)
			return false;
		p = printed_split(joined(value, buf, sizeof(buf)));
		if (!printed_count(p, unit, &v))
			return false;
	}
	note_unit(r, unit, p.unit);
	return reading_set(r, q, v);
}

static bool state_value(struct reading *r, enum quantity q, struct span value)
{
	int64_t v;

	value = span_trim(value);
	if (value.n == 2 && strncasecmp(value.p, "ON", 2) == 0)
		return reading_set(r, q, 1);
	if (value.n == 3 && strncasecmp(value.p, "OFF", 3) == 0)
		return reading_set(r, q, 0);
	while (value.n > 0 && (*value.p < '0' || *value.p > '9'))
		value = span_skip(value, 1);
	return fixed_parse(value, 0, &v) && reading_set(r, q, v);
}

/* The unit is kW on most meters, A or kVA on others. */
static bool limiter_value(struct reading *r, struct span value)
{
	enum { THOUSANDTHS = 3 };
	struct printed p = printed_split(value);

	if (count_value(r, Q_LIMITER, value))
		return true;
	if (p.unit.n == 0 || !fixed_parse(p.number, THOUSANDTHS, &r->limiter))
		return false;
	r->limiter_unit = p.unit;
	return true;
}

/* The unit is A; Lithuania prints a demand in kA under this reference. */
static bool fuse_value(struct reading *r, struct span value)
{
	return !span_eq(printed_split(value).unit, SPAN("kA")) &&
	       count_value(r, Q_FUSE_L1, value);
}

/* (time)(value), or the value alone; a peak with an invalid time is ignored. */
static bool demand_peak(struct parse *p, struct span first, struct span more)
{
	struct span value;

	if (!telegram_group(&more, &value))
		return count_value(p->r, Q_DEMAND_PEAK, first);
	p->r->demand_peak_time = parse_timestamp(first, p->base);
	return p->r->demand_peak_time.kind != TIMESTAMP_NONE &&
	       count_value(p->r, Q_DEMAND_PEAK, value);
}

bool quantity_line(struct parse *p, const struct known_line *l)
{
	switch ((enum quantity)l->known->quantity) {
	case Q_DEMAND_PEAK:
		return demand_peak(p, l->value, l->more);
	case Q_TARIFF:
	case Q_BREAKER:
		return state_value(p->r, l->known->quantity, l->value);
	case Q_LIMITER:
		return limiter_value(p->r, l->value);
	case Q_FUSE_L1:
		return fuse_value(p->r, l->value);
	default:
		return count_value(p->r, l->known->quantity, l->value) ||
		       net_power_line(p, l);
	}
}

bool breaker_line(struct parse *p, const struct known_line *l)
{
	return state_value(p->r, Q_BREAKER, l->value);
}

/* References of the meter's identifier, best first. */
static const uint32_t meter_references[] = {
	OBIS(0, 0, 96, 1, 1),	/* Netherlands, Belgium */
	OBIS(0, 0, 96, 1, 0),	/* Hungary, Ireland */
	OBIS(0, 0, 96, 1, 255), /* EasyMeter */
	OBIS(1, 0, 0, 0, 0),	/* EasyMeter, Ireland */
	OBIS(0, 0, 0, 0, 0),	/* Switzerland */
	OBIS(0, 0, 42, 0, 0),	/* Luxembourg: the logical device */
};

bool meter_line(struct parse *p, const struct known_line *l)
{
	const struct span value = span_trim(l->value);
	int rank = 0;

	if (value.n == 0 || value_is_error(value))
		return false;
	while (rank < (int)COUNT(meter_references) &&
	       meter_references[rank] != l->known->reference)
		rank++;
	if (p->r->meter.n == 0 || rank <= p->meter_rank) {
		p->r->meter = value;
		p->meter_rank = rank;
	}
	return true;
}

void note_kind(struct reading *r, uint32_t reference)
{
	switch (reference) {
	case OBIS(1, 3, 0, 2, 8):
	case OBIS(0, 0, 96, 1, 4):
		r->prints_version = true;
		break;
	case OBIS(0, 0, 1, 0, 0):
		r->prints_time = true;
		break;
	default:
		break;
	}
}

bool version_line(struct parse *p, const struct known_line *l)
{
	note_kind(p->r, l->known->reference);
	p->r->version = span_trim(l->value);
	return true;
}

bool time_line(struct parse *p, const struct known_line *l)
{
	note_kind(p->r, l->known->reference);
	if (p->r->time.kind == TIMESTAMP_NONE)
		p->r->time = parse_timestamp(l->value, p->base);
	return true;
}

bool message_line(struct parse *p, const struct known_line *l)
{
	p->r->message = l->value;
	return true;
}

bool message_code_line(struct parse *p, const struct known_line *l)
{
	p->r->message_code = l->value;
	return true;
}

/* Read a line of any form. */
static void any_line(struct parse *p, struct line *line)
{
	const struct known *k = known_reference(obis_common(line->reference));

	if (k == NULL)
		return;
	p->line.known = k;
	if (!telegram_group(&line->groups, &p->line.value)) {
		note_kind(p->r, k->reference);
		return;
	}
	p->line.more = line->groups;
	known_read(p);
}

/* Cut off the header and the blank lines below it. */
static struct span take_header(struct span *rest)
{
	struct span header = *rest, line;

	if (!span_cut(rest, '\n', &header))
		*rest = (struct span){ 0 };
	while (rest->n > 0 && (*rest->p == '\r' || *rest->p == '\n'))
		*rest = span_skip(*rest, 1);
	line = header;
	span_cut(&line, '\r', &header);
	return header;
}

/* Logs are left as they are: their counts say how much of them is filled. */
static void clear(struct reading *r)
{
	memset(r, 0, offsetof(struct reading, failure));
	for (int i = 0; i < MBUS_CHANNELS; i++) {
		r->mbus[i].type = r->mbus[i].valve = -1;
		r->mbus[i].medium = MEDIUM_UNKNOWN;
	}
}

bool telegram_parse(struct span text, int base, struct reading *r)
{
	struct parse p;
	struct span rest = text;
	struct line line;

	clear(r);
	memset(&p, 0, offsetof(struct parse, mbus));
	p.r = r;
	r->raw = text;
	r->base = p.base = base;
	if (text.n == 0 || *text.p != '/')
		return false;
	r->header = take_header(&rest);
	usual_lines(&p, &rest);
	while (telegram_line(&rest, &line)) {
		r->lines++;
		any_line(&p, &line);
		usual_lines(&p, &rest);
	}
	net_power_finish(&p);
	mbus_finish(&p);
	media_finish(&p);
	clock_finish(&p);
	return p.read || r->have != 0;
}
