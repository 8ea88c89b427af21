#include "web/series_costs.h"

#include "base/jsonout.h"
#include "storage/history/query.h"

struct costs series_costs(const struct amounts *prices, uint32_t have,
			  const int64_t amount[SERIES_COUNT], int64_t days)
{
	struct amounts used = { 0 };

	for (int i = 0; i < SERIES_COUNT; i++)
		if (have >> i & 1)
			amounts_set_named(&used, series[i].name, amount[i]);
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
