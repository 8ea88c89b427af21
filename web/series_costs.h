/* Compute what amounts cost, at the prices in the settings. */
#ifndef WEB_SERIES_COSTS_H
#define WEB_SERIES_COSTS_H

#include <stdint.h>

#include "storage/history/series.h"
#include "tariffs/cost.h"

struct jsonout;
struct query_cost_amounts;

/*
 * Compute the costs of what was consumed: bit s of `have` says that amount[s],
 * in series[s].unit, is known. `days` is the number of days of the standing
 * charge.
 */
struct costs series_costs(const struct amounts *prices, uint32_t have,
			  const int64_t amount[SERIES_COUNT], int64_t days);

/* The same for a period. */
struct costs series_costs_of(const struct amounts *prices,
			     const struct query_cost_amounts *a);

/* Add each known item as a member: "import":1.52, ..., "total":5.52. */
void series_costs_add(struct jsonout *o, const struct costs *c);

#endif
