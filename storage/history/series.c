#include "storage/history/series.h"

const struct series_info series[SERIES_COUNT] = {
#define X(id, name, unit, medium, from)                                        \
	[SERIES_##id] = { #name, UNIT_##unit, MEDIUM_##medium,                 \
			  #name SERIES_SMALL_##unit,                           \
			  #name SERIES_BIG_##unit },
	SERIES(X)
#undef X
};

const struct series_gap series_gaps[SERIES_GAPS] = {
	{ MEDIUM_ELECTRICITY, "gap_s" },
	{ MEDIUM_GAS, "gas_gap_s" },
	{ MEDIUM_WATER, "water_gap_s" },
	{ MEDIUM_WARM_WATER, "warm_water_gap_s" },
	{ MEDIUM_HEAT, "heat_gap_s" },
	{ MEDIUM_COLD, "cold_gap_s" },
};
