#include "telegram/parse.h"

#include <strings.h>

#include "base/fixed.h"
#include "telegram/obis.h"
#include "telegram/parse_parts.h"

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
	char buf[NUMBER_MAX];
	int64_t v;

	if (printed_count(printed_split(value), quantities[q].unit, &v))
		return reading_set(r, q, v);
	if (value.n == 0 || memchr(value.p, '\n', value.n) == NULL)
		return false;
	value = joined(value, buf, sizeof(buf));
	return printed_count(printed_split(value), quantities[q].unit, &v) &&
	       reading_set(r, q, v);
}

/* "0001"; in Hungary also "TARIFF 1" or "ON". */
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
static bool demand_peak(struct parse *p, struct span groups)
{
	struct span first, value;

	if (!telegram_group(&groups, &first))
		return false;
	if (!telegram_group(&groups, &value))
		return count_value(p->r, Q_DEMAND_PEAK, first);
	p->r->demand_peak_time = timestamp_parse(first, p->base);
	return p->r->demand_peak_time.kind != TIMESTAMP_NONE &&
	       count_value(p->r, Q_DEMAND_PEAK, value);
}

static bool quantity_line(struct parse *p, enum quantity q, struct span groups)
{
	struct span value, rest = groups;

	if (q == Q_DEMAND_PEAK)
		return demand_peak(p, groups);
	if (!telegram_group(&rest, &value))
		return false;
	switch (q) {
	case Q_TARIFF:
	case Q_BREAKER:
		return state_value(p->r, q, value);
	case Q_LIMITER:
		return limiter_value(p->r, value);
	case Q_FUSE_L1:
		return fuse_value(p->r, value);
	default:
		return count_value(p->r, q, value);
	}
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

static bool meter_line(struct parse *p, uint32_t obis, struct span value)
{
	value = span_trim(value);
	for (int i = 0; i < (int)COUNT(meter_references); i++) {
		if (meter_references[i] != obis || value.n == 0 ||
		    value_is_error(value))
			continue;
		if (p->r->meter.n == 0 || i <= p->meter_rank) {
			p->r->meter = value;
			p->meter_rank = i;
		}
		return true;
	}
	return false;
}

/* Lines that are neither a quantity of quantity.h nor of a channel. */
static bool other_line(struct parse *p, uint32_t obis, struct span groups)
{
	struct reading *r = p->r;
	struct span value, rest = groups;

	if (!telegram_group(&rest, &value))
		return false;
	switch (obis) {
	case OBIS(1, 3, 0, 2, 8):
	case OBIS(0, 0, 96, 1, 4):
		r->version = span_trim(value);
		return true;
	case OBIS(0, 0, 1, 0, 0):
	case OBIS(0, 0, 1, 1, 0): /* WarmteLink */
		if (r->time.kind == TIMESTAMP_NONE)
			r->time = timestamp_parse(value, p->base);
		return true;
	case OBIS(1, 0, 99, 97, 0):
		return failures_line(p, groups);
	case OBIS(0, 0, 98, 1, 0):
		return peaks_line(p, groups);
	case OBIS(0, 0, 96, 13, 0):
		r->message = value;
		return true;
	case OBIS(0, 0, 96, 13, 1):
		r->message_code = value;
		return true;
	case OBIS(0, 0, 96, 50, 68): /* Hungary */
	case OBIS(0, 0, 24, 4, 0):   /* DSMR 2.2 on paper */
		return state_value(r, Q_BREAKER, value);
	default:
		return meter_line(p, obis, value);
	}
}

static bool is_power(uint32_t obis)
{
	return (obis & OBIS(15, 15, 0, 255, 255)) == OBIS(1, 0, 0, 7, 0);
}

/*
 * Only the first value of a quantity counts: Hungary's Holley repeats the
 * references below its own registers for the month's close.
 */
static bool parse_line(struct parse *p, const struct line *line)
{
	uint32_t obis = line->reference;
	int q, channel = obis_channel(obis);

	if (obis >> 28 == 0 && channel >= 1 && channel <= MBUS_CHANNELS)
		return mbus_line(p, obis, line->groups);
	obis = obis_common(obis);
	q = quantity_of(obis);
	if (q >= 0 && (reading_has(p->r, (enum quantity)q) ||
		       quantity_line(p, (enum quantity)q, line->groups)))
		return true;
	if (is_power(obis) && net_power_line(p, obis, line->groups))
		return true;
	return other_line(p, obis, line->groups) ||
	       clock_line(p, obis, line->groups) ||
	       media_line(p, obis, line->groups);
}

static void note_kind(struct reading *r, const struct line *line)
{
	switch (line->reference) {
	case OBIS(1, 3, 0, 2, 8):
	case OBIS(0, 0, 96, 1, 4):
		if (span_eq(line->obis, SPAN("1-3:0.2.8")) ||
		    span_eq(line->obis, SPAN("0-0:96.1.4")))
			r->prints_version = true;
		break;
	case OBIS(0, 0, 1, 0, 0):
		if (span_eq(line->obis, SPAN("0-0:1.0.0")))
			r->prints_time = true;
		break;
	default:
		break;
	}
}

static struct span header_of(struct span text)
{
	struct span header = text;

	span_cut(&text, '\n', &header);
	text = header;
	span_cut(&text, '\r', &header);
	return header;
}

bool telegram_parse(struct span text, int base, struct reading *r)
{
	struct parse p = { .r = r, .base = base };
	struct span rest = text;
	struct line line;
	int read = 0;

	*r = (struct reading){ .raw = text, .base = base };
	if (text.n == 0 || *text.p != '/')
		return false;
	r->header = header_of(text);
	for (int i = 0; i < MBUS_CHANNELS; i++)
		r->mbus[i] = (struct mbus){ .type = -1,
					    .valve = -1,
					    .medium = MEDIUM_UNKNOWN };
	for (int i = 0; i < PARSE_MEDIA; i++)
		p.media[i].valve = -1;
	while (telegram_line(&rest, &line)) {
		note_kind(r, &line);
		read += parse_line(&p, &line) + plain_lines(r, &rest);
	}
	net_power_finish(&p);
	mbus_finish(&p);
	media_finish(&p);
	clock_finish(&p);
	return read > 0;
}
