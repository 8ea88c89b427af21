#include "graphs/charts.h"

#include "base/span.h"
#include "base/utc.h"

/* clang-format off */
const struct subject subjects[] = {
	{ "electricity", "electricity", MEDIUM_ELECTRICITY, TINT_IMPORT, TINT_IMPORT_TEXT,
	  SERIES_IMPORT, SERIES_EXPORT },
	{ "gas", "gas", MEDIUM_GAS, TINT_GAS, TINT_GAS, SERIES_GAS, -1 },
	{ "water", "water", MEDIUM_WATER, TINT_WATER, TINT_WATER, SERIES_WATER, -1 },
	{ "warm-water", "warm water", MEDIUM_WARM_WATER, TINT_WATER, TINT_WATER,
	  SERIES_WARM_WATER, -1 },
	{ "heat", "heat", MEDIUM_HEAT, TINT_HEAT, TINT_HEAT, SERIES_HEAT, -1 },
	{ "cold", "cooling", MEDIUM_COLD, TINT_COLD, TINT_COLD, SERIES_COLD, -1 },
};

const size_t subject_count = COUNT(subjects);

#define ELECTRICITY &subjects[0]
#define GAS         &subjects[1]
#define WATER       &subjects[2]
#define WARM_WATER  &subjects[3]
#define HEAT        &subjects[4]
#define COLD        &subjects[5]

#define CURVE(seconds) .shape = CHART_CURVE, .step = (seconds)
#define BARS(period)   .shape = CHART_BARS, .bar = (period)

#define WATT  { "W", 1, 0 }
#define KWH   { "kWh", 1000, 3 }
#define M3    { "m³", 1000, 3 }
#define LITRE { "L", 1, 0 }
#define GJ    { "GJ", 1000, 3 }
#define MJ    { "MJ", 1, 0 }

/* M-Bus meters are often read once an hour, sometimes less. */
enum { NEAR = 900, MBUS_NEAR = 3 * HOUR_S };

const struct chart charts[] = {
	{ ELECTRICITY, "day",              KWH,   WATT,  NEAR,      RANGE_DAY,   CURVE(300) },
	{ ELECTRICITY, "week",             KWH,   WATT,  NEAR,      RANGE_WEEK,  CURVE(900) },
	{ ELECTRICITY, "month",            KWH,   KWH,   NEAR,      RANGE_MONTH, BARS(PERIOD_DAY) },
	{ ELECTRICITY, "year",             KWH,   KWH,   NEAR,      RANGE_YEAR,  BARS(PERIOD_MONTH) },
	{ GAS,         "gas-day",          M3,    M3,    MBUS_NEAR, RANGE_DAY,   BARS(PERIOD_HOUR) },
	{ GAS,         "gas-week",         M3,    M3,    MBUS_NEAR, RANGE_WEEK,  BARS(PERIOD_HOUR) },
	{ GAS,         "gas-month",        M3,    M3,    MBUS_NEAR, RANGE_MONTH, BARS(PERIOD_DAY) },
	{ GAS,         "gas-year",         M3,    M3,    MBUS_NEAR, RANGE_YEAR,  BARS(PERIOD_MONTH) },
	{ WATER,       "water-day",        LITRE, LITRE, MBUS_NEAR, RANGE_DAY,   BARS(PERIOD_HOUR) },
	{ WATER,       "water-week",       M3,    LITRE, MBUS_NEAR, RANGE_WEEK,  BARS(PERIOD_HOUR) },
	{ WATER,       "water-month",      M3,    LITRE, MBUS_NEAR, RANGE_MONTH, BARS(PERIOD_DAY) },
	{ WATER,       "water-year",       M3,    M3,    MBUS_NEAR, RANGE_YEAR,  BARS(PERIOD_MONTH) },
	{ WARM_WATER,  "warm-water-day",   LITRE, LITRE, MBUS_NEAR, RANGE_DAY,   BARS(PERIOD_HOUR) },
	{ WARM_WATER,  "warm-water-week",  M3,    LITRE, MBUS_NEAR, RANGE_WEEK,  BARS(PERIOD_HOUR) },
	{ WARM_WATER,  "warm-water-month", M3,    LITRE, MBUS_NEAR, RANGE_MONTH, BARS(PERIOD_DAY) },
	{ WARM_WATER,  "warm-water-year",  M3,    M3,    MBUS_NEAR, RANGE_YEAR,  BARS(PERIOD_MONTH) },
	{ HEAT,        "heat-day",         GJ,    MJ,    MBUS_NEAR, RANGE_DAY,   BARS(PERIOD_HOUR) },
	{ HEAT,        "heat-week",        GJ,    MJ,    MBUS_NEAR, RANGE_WEEK,  BARS(PERIOD_HOUR) },
	{ HEAT,        "heat-month",       GJ,    GJ,    MBUS_NEAR, RANGE_MONTH, BARS(PERIOD_DAY) },
	{ HEAT,        "heat-year",        GJ,    GJ,    MBUS_NEAR, RANGE_YEAR,  BARS(PERIOD_MONTH) },
	{ COLD,        "cold-day",         GJ,    MJ,    MBUS_NEAR, RANGE_DAY,   BARS(PERIOD_HOUR) },
	{ COLD,        "cold-week",        GJ,    MJ,    MBUS_NEAR, RANGE_WEEK,  BARS(PERIOD_HOUR) },
	{ COLD,        "cold-month",       GJ,    GJ,    MBUS_NEAR, RANGE_MONTH, BARS(PERIOD_DAY) },
	{ COLD,        "cold-year",        GJ,    GJ,    MBUS_NEAR, RANGE_YEAR,  BARS(PERIOD_MONTH) },
};
/* clang-format on */

const size_t chart_count = COUNT(charts);

const struct chart *chart_find(const struct subject *s, enum range_kind range)
{
	size_t i = 0;

	while (charts[i].subject != s || charts[i].range != range)
		i++;
	return &charts[i];
}

int chart_tariffs(enum series total, enum series tariff[static TARIFFS])
{
	if (total != SERIES_IMPORT && total != SERIES_EXPORT)
		return 0;
	for (int i = 0; i < TARIFFS; i++)
		tariff[i] = (enum series)((int)total + 1 + i);
	return TARIFFS;
}
