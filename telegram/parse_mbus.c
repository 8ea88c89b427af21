/* Meters on the M-Bus channels 1 to 4: gas, water, heat, cold. */
#include "base/fixed.h"
#include "telegram/lines.h"
#include "telegram/obis.h"
#include "telegram/parse_parts.h"

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

/* (time)(value), in 4.0 and later. */
static bool value_line(struct parse *p, int i, struct span groups)
{
	struct span time, value;

	if (!telegram_group(&groups, &time) || !telegram_group(&groups, &value))
		return false;
	p->r->mbus[i].time = timestamp_parse(time, p->base);
	p->mbus[i] = printed_split(value);
	return true;
}

/* (time)(status)(minutes)(1)(reference)(unit)(value), in 2.2 and 3.0. */
static bool profile_line(struct parse *p, int i, struct span groups)
{
	enum { TIME, UNIT = 5, VALUE, GROUPS };
	struct span g[GROUPS];

	for (size_t n = 0; n < GROUPS; n++)
		if (!telegram_group(&groups, &g[n]))
			return false;
	p->r->mbus[i].time = timestamp_parse(g[TIME], p->base);
	p->mbus[i] = printed_split(g[VALUE]);
	if (p->mbus[i].unit.n == 0)
		p->mbus[i].unit = span_trim(g[UNIT]);
	return true;
}

/* Belgium's 96.1.1 is the meter's own identifier; 96.1.0 sometimes is not. */
static bool meter_line(struct mbus *m, struct span value, bool better)
{
	value = span_trim(value);
	if (value.n > 0 && !value_is_error(value) &&
	    (m->meter.n == 0 || better))
		m->meter = value;
	return true;
}

bool mbus_line(struct parse *p, uint32_t obis, struct span groups)
{
	int channel = obis_channel(obis), i = channel - 1;
	struct mbus *m = &p->r->mbus[i];
	struct span rest = groups, value;

	if (!telegram_group(&rest, &value))
		return false;
	switch (obis_without_channel(obis)) {
	case OBIS(0, 0, 24, 1, 0):
		m->channel = channel;
		return small_number(value, &m->type);
	case OBIS(0, 0, 96, 1, 0):
	case OBIS(0, 0, 96, 1, 1):
		m->channel = channel;
		return meter_line(m, value, obis & 1);
	case OBIS(0, 0, 24, 2, 1):
	case OBIS(0, 0, 24, 2, 3):
		m->channel = channel;
		return value_line(p, i, groups);
	case OBIS(0, 0, 24, 3, 0):
	case OBIS(0, 0, 24, 3, 1):
		m->channel = channel;
		return profile_line(p, i, groups);
	case OBIS(0, 0, 24, 4, 0):
		m->channel = channel;
		return small_number(value, &m->valve);
	default:
		return false;
	}
}

/* A clock that was never set, and no unit: nothing was read yet. */
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
static void finish(struct mbus *m, struct printed value)
{
	enum unit unit = UNIT_COUNT;
	int scale;

	m->medium = medium_of_type(m->type);
	if (value.unit.n > 0)
		unit = unit_find(value.unit, &scale);
	else if (m->medium != MEDIUM_UNKNOWN)
		unit = units_of[m->medium].unit;
	if (m->time.kind == TIMESTAMP_NONE || never_spoke(m, &value) ||
	    (unit != UNIT_DM3 && unit != UNIT_MJ && unit != UNIT_WH) ||
	    !printed_count(value, unit, &m->value))
		return;
	m->unit = unit;
	m->has_value = true;
	m->medium = medium_of_unit(m->medium, unit);
}

void mbus_finish(struct parse *p)
{
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (p->r->mbus[i].channel > 0)
			finish(&p->r->mbus[i], p->mbus[i]);
}
