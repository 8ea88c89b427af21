#include "graphs/charts.h"

#include "base/span.h"

/* clang-format off */
const struct subject subjects[] = {
	{ MEDIUM_ELECTRICITY, "electricity", "Electricity", "electricity", HUE_IMPORT,
	  SERIES_IMPORT, SERIES_EXPORT },
	{ MEDIUM_GAS, "gas", "Gas", "gas", HUE_GAS, SERIES_GAS, -1 },
	{ MEDIUM_WATER, "water", "Water", "water", HUE_WATER, SERIES_WATER, -1 },
	{ MEDIUM_WARM_WATER, "warm-water", "Warm water", "warm water", HUE_WATER,
	  SERIES_WARM_WATER, -1 },
	{ MEDIUM_HEAT, "heat", "Heat", "heat", HUE_HEAT, SERIES_HEAT, -1 },
	{ MEDIUM_COLD, "cold", "Cold", "cold", HUE_WATER, SERIES_COLD, -1 },
};

const size_t subject_count = COUNT(subjects);

#define ELECTRICITY &subjects[0]
#define GAS         &subjects[1]
#define WATER       &subjects[2]
#define WARM_WATER  &subjects[3]
#define HEAT        &subjects[4]
#define COLD        &subjects[5]

#define CURVE(seconds) CHART_CURVE, (seconds), PERIOD_HOUR
#define BARS(period)   CHART_BARS, 0, (period)

#define WATT  { "W", 1, 0 }
#define KWH   { "kWh", 1000, 3 }
#define M3    { "m³", 1000, 3 }
#define LITRE { "L", 1, 0 }
#define GJ    { "GJ", 1000, 3 }
#define MJ    { "MJ", 1, 0 }

/* A meter on the M-Bus is often read once an hour, and now and then missed. */
enum { NEAR = 1200, MBUS_NEAR = 3 * 3600 };

const struct chart charts[] = {
	{ ELECTRICITY, RANGE_DAY, "day.png", CURVE(300), KWH, WATT, NEAR },
	{ ELECTRICITY, RANGE_WEEK, "week.png", CURVE(1800), KWH, WATT, NEAR },
	{ ELECTRICITY, RANGE_MONTH, "month.png", BARS(PERIOD_DAY), KWH, KWH, NEAR },
	{ ELECTRICITY, RANGE_YEAR, "year.png", BARS(PERIOD_MONTH), KWH, KWH, NEAR },
	{ GAS, RANGE_DAY, "gas-day.png", BARS(PERIOD_HOUR), M3, M3, MBUS_NEAR },
	{ GAS, RANGE_WEEK, "gas-week.png", BARS(PERIOD_HOUR), M3, M3, MBUS_NEAR },
	{ GAS, RANGE_MONTH, "gas-month.png", BARS(PERIOD_DAY), M3, M3, MBUS_NEAR },
	{ GAS, RANGE_YEAR, "gas-year.png", BARS(PERIOD_MONTH), M3, M3, MBUS_NEAR },
	{ WATER, RANGE_DAY, "water-day.png", BARS(PERIOD_HOUR), LITRE, LITRE, MBUS_NEAR },
	{ WATER, RANGE_WEEK, "water-week.png", BARS(PERIOD_HOUR), M3, LITRE, MBUS_NEAR },
	{ WATER, RANGE_MONTH, "water-month.png", BARS(PERIOD_DAY), M3, LITRE, MBUS_NEAR },
	{ WATER, RANGE_YEAR, "water-year.png", BARS(PERIOD_MONTH), M3, M3, MBUS_NEAR },
	{ WARM_WATER, RANGE_DAY, "warm-water-day.png", BARS(PERIOD_HOUR), LITRE, LITRE, MBUS_NEAR },
	{ WARM_WATER, RANGE_WEEK, "warm-water-week.png", BARS(PERIOD_HOUR), M3, LITRE, MBUS_NEAR },
	{ WARM_WATER, RANGE_MONTH, "warm-water-month.png", BARS(PERIOD_DAY), M3, LITRE, MBUS_NEAR },
	{ WARM_WATER, RANGE_YEAR, "warm-water-year.png", BARS(PERIOD_MONTH), M3, M3, MBUS_NEAR },
	{ HEAT, RANGE_DAY, "heat-day.png", BARS(PERIOD_HOUR), GJ, MJ, MBUS_NEAR },
	{ HEAT, RANGE_WEEK, "heat-week.png", BARS(PERIOD_HOUR), GJ, MJ, MBUS_NEAR },
	{ HEAT, RANGE_MONTH, "heat-month.png", BARS(PERIOD_DAY), GJ, GJ, MBUS_NEAR },
	{ HEAT, RANGE_YEAR, "heat-year.png", BARS(PERIOD_MONTH), GJ, GJ, MBUS_NEAR },
	{ COLD, RANGE_DAY, "cold-day.png", BARS(PERIOD_HOUR), GJ, MJ, MBUS_NEAR },
	{ COLD, RANGE_WEEK, "cold-week.png", BARS(PERIOD_HOUR), GJ, MJ, MBUS_NEAR },
	{ COLD, RANGE_MONTH, "cold-month.png", BARS(PERIOD_DAY), GJ, GJ, MBUS_NEAR },
	{ COLD, RANGE_YEAR, "cold-year.png", BARS(PERIOD_MONTH), GJ, GJ, MBUS_NEAR },
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
