#include "storage/history/series.h"

/* The ending of a column for each unit, small and big. */
#define SMALL_WH "_wh"
#define BIG_WH "_kwh"
#define SMALL_VARH "_varh"
#define BIG_VARH "_kvarh"
#define SMALL_DM3 "_dm3"
#define BIG_DM3 "_m3"
#define SMALL_MJ "_mj"
#define BIG_MJ "_gj"

const struct series_info series[SERIES_COUNT] = {
#define X(id, name, unit, medium, from)                                        \
	[SERIES_##id] = { #name, UNIT_##unit, MEDIUM_##medium,                 \
			  #name SMALL_##unit, #name BIG_##unit },
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
