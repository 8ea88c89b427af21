#include "web/series_costs.h"

#include "base/jsonout.h"
#include "storage/history/query.h"

/* Price of each series; other series cost nothing. */
static const int price_of[SERIES_COUNT] = {
	[SERIES_IMPORT] = PRICE_IMPORT,
	[SERIES_IMPORT_T1] = PRICE_IMPORT_T1,
	[SERIES_IMPORT_T2] = PRICE_IMPORT_T2,
	[SERIES_IMPORT_T3] = PRICE_IMPORT_T3,
	[SERIES_IMPORT_T4] = PRICE_IMPORT_T4,
	[SERIES_EXPORT] = PRICE_EXPORT,
	[SERIES_EXPORT_T1] = PRICE_EXPORT_T1,
	[SERIES_EXPORT_T2] = PRICE_EXPORT_T2,
	[SERIES_EXPORT_T3] = PRICE_EXPORT_T3,
	[SERIES_EXPORT_T4] = PRICE_EXPORT_T4,
	[SERIES_REACTIVE_IMPORT] = -1,
	[SERIES_REACTIVE_EXPORT] = -1,
	[SERIES_GAS] = PRICE_GAS,
	[SERIES_WATER] = PRICE_WATER,
	[SERIES_WARM_WATER] = PRICE_WARM_WATER,
	[SERIES_HEAT] = PRICE_HEAT,
	[SERIES_COLD] = PRICE_COLD,
};

struct costs series_costs(const struct amounts *prices, uint32_t have,
			  const int64_t amount[SERIES_COUNT], int64_t days)
{
	struct amounts used = { 0 };

	for (int i = 0; i < SERIES_COUNT; i++)
		if ((have >> i & 1) && price_of[i] >= 0)
			amounts_set(&used, (enum price)price_of[i], amount[i]);
	amounts_set(&used, PRICE_FIXED, days);
	return cost_of(prices, &used);
}

struct costs series_costs_of(const struct amounts *prices,
			     const struct query_cost_amounts *a)
{
	uint32_t have = 0;

	for (int i = 0; i < SERIES_COUNT; i++)
		have |= (uint32_t)a->known[i] << i;
	return series_costs(prices, have, a->of, a->days);
}

void series_costs_add(struct jsonout *o, const struct costs *c)
{
	char text[COST_TEXT];

	for (int i = 0; i < COST_COUNT; i++)
		if (c->known[i])
			jsonout_raw(o, cost_names[i],
				    cost_format(text, c->nano[i]));
}
