/* Meters on the M-Bus channels 1 to 4: gas, water, heat, cold. */
#include "base/fixed.h"
#include "telegram/lines.h"
#include "telegram/obis_code.h"
#include "telegram/parse_parts.h"
#include "telegram/parse_timestamp.h"

/*
 * Media of the M-Bus device types, which telegrams print in decimal. Source:
 * OMS specification volume 2, table 2.
 */
static const struct {
	int type;
	enum medium medium;
} types[] = {
	{ 2, MEDIUM_ELECTRICITY }, { 3, MEDIUM_GAS },
	{ 4, MEDIUM_HEAT }, /* measured in the return pipe */
	{ 6, MEDIUM_WARM_WATER },  { 7, MEDIUM_WATER },
	{ 10, MEDIUM_COLD },	   { 11, MEDIUM_COLD },
	{ 12, MEDIUM_HEAT }, /* in the flow pipe */
	{ 13, MEDIUM_HEAT },	   { 21, MEDIUM_WARM_WATER },
	{ 22, MEDIUM_WATER },
};

/* Default unit of each medium, and the other unit it may have. */
static const struct {
	enum unit unit, other;
} units_of[MEDIUM_COUNT] = {
	[MEDIUM_ELECTRICITY] = { UNIT_WH, UNIT_WH },
	[MEDIUM_GAS] = { UNIT_DM3, UNIT_DM3 },
	[MEDIUM_HEAT] = { UNIT_MJ, UNIT_WH },
	[MEDIUM_COLD] = { UNIT_MJ, UNIT_WH },
	[MEDIUM_WATER] = { UNIT_DM3, UNIT_DM3 },
	[MEDIUM_WARM_WATER] = { UNIT_DM3, UNIT_DM3 },
	[MEDIUM_OTHER] = { UNIT_COUNT, UNIT_COUNT },
};

static enum medium medium_of_type(int type)
{
	if (type < 0)
		return MEDIUM_UNKNOWN;
	for (size_t i = 0; i < COUNT(types); i++)
		if (types[i].type == type)
			return types[i].medium;
	return MEDIUM_OTHER;
}

/* The unit outranks the type: GJ cannot be gas, nor m3 heat. */
static enum medium medium_of_unit(enum medium m, enum unit unit)
{
	if (m == MEDIUM_UNKNOWN || m == MEDIUM_OTHER ||
	    units_of[m].unit == unit || units_of[m].other == unit)
		return m;
	if (unit == UNIT_WH)
		return MEDIUM_ELECTRICITY;
	if (unit == UNIT_MJ)
		return MEDIUM_HEAT;
	return m == MEDIUM_HEAT ? MEDIUM_WARM_WATER : MEDIUM_WATER;
}

/* A number of up to three digits. */
static bool small_number(struct span s, int *out)
{
	int64_t v;

	if (s.n > 3 || !fixed_parse(s, 0, &v))
		return false;
	*out = (int)v;
	return true;
}

/* The channel of a line, which is now known to have a meter. */
static struct mbus *channel_of(struct parse *p, const struct known_line *l)
{
	int channel = obis_channel(l->known->reference);
	struct mbus *m = &p->r->mbus[channel - 1];

	m->channel = channel;
	return m;
}

/* The value of a channel at `time`. */
static void set_value(struct parse *p, struct mbus *m, struct span time,
		      struct printed value)
{
	m->time = parse_timestamp(time, p->base);
	p->mbus[m->channel - 1] = value;
}

bool mbus_type_line(struct parse *p, const struct known_line *l)
{
	return small_number(l->value, &channel_of(p, l)->type);
}

bool mbus_valve_line(struct parse *p, const struct known_line *l)
{
	return small_number(l->value, &channel_of(p, l)->valve);
}

/* Belgium's 96.1.1 is the meter's own identifier; 96.1.0 sometimes is not. */
bool mbus_meter_line(struct parse *p, const struct known_line *l)
{
	const bool better = l->known->reference & 1;
	struct span value = span_trim(l->value);
	struct mbus *m = channel_of(p, l);

	if (value.n > 0 && !value_is_error(value) &&
	    (m->meter.n == 0 || better))
		m->meter = value;
	return true;
}

/* (time)(value), in 4.0 and later. */
bool mbus_value_line(struct parse *p, const struct known_line *l)
{
	struct span more = l->more, value;
	struct mbus *m = channel_of(p, l);

	if (!telegram_group(&more, &value))
		return false;
	set_value(p, m, l->value, printed_split(value));
	return true;
}

/* (time)(status)(minutes)(1)(reference)(unit)(value), in 2.2 and 3.0. */
bool mbus_profile_line(struct parse *p, const struct known_line *l)
{
	enum { UNIT = 4, VALUE, MORE };
	struct span more = l->more, g[MORE];
	struct mbus *m = channel_of(p, l);
	struct printed value;

	for (size_t n = 0; n < MORE; n++)
		if (!telegram_group(&more, &g[n]))
			return false;
	value = printed_split(g[VALUE]);
	if (value.unit.n == 0)
		value.unit = span_trim(g[UNIT]);
	set_value(p, m, l->value, value);
	return true;
}

/*
 * If the clock was never set and there is no unit, the channel has not been
 * read yet.
 */
static bool never_spoke(const struct mbus *m, const struct printed *value)
{
	const int64_t year_2001 = 978307200;

	return value->unit.n == 0 && m->time.kind == TIMESTAMP_UTC &&
	       m->time.utc < year_2001;
}

/*
 * A channel whose meter was removed repeats a value without a valid time, often
 * without a unit; ignore a value without a valid time.
 */
static void finish(struct mbus *m, const struct printed *value)
{
	enum unit unit = UNIT_COUNT;
	int scale;

	m->medium = medium_of_type(m->type);
	if (m->time.kind == TIMESTAMP_NONE || never_spoke(m, value))
		return;
	if (value->unit.n > 0)
		unit = unit_find(value->unit, &scale);
	else if (m->medium != MEDIUM_UNKNOWN)
		unit = units_of[m->medium].unit;
	if ((unit != UNIT_DM3 && unit != UNIT_MJ && unit != UNIT_WH) ||
	    !printed_count(*value, unit, &m->value))
		return;
	m->unit = unit;
	m->has_value = true;
	m->medium = medium_of_unit(m->medium, unit);
}

void mbus_finish(struct parse *p)
{
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (p->r->mbus[i].channel > 0)
			finish(&p->r->mbus[i], &p->mbus[i]);
}
