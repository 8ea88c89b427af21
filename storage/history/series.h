/*
 * The single list of what is consumed: the columns of the views, the counters
 * of the RRD files, the bars of the charts and the keys of the reports.
 *
 * X(id, name, unit, medium, from): a column of the `..._wh` views is the name
 * and the unit's suffix (import_t1_wh, gas_dm3), of the plain views the name and
 * the big unit in lower case (import_t1_kwh, gas_m3). It is counted from ONE
 * register, from the SUM of a total's four tariffs if the meter does not send
 * the total, or from the MBUS. Electricity comes first.
 *
 * import is register 1.8.0 if the meter sends it, else the sum of its tariffs;
 * tariffs are never added to a total. A medium with several meters is their sum.
 */
#ifndef STORAGE_HISTORY_SERIES_H
#define STORAGE_HISTORY_SERIES_H

#include "telegram/obis_quantities.h"
#include "telegram/reading.h"

/* clang-format off */
#define SERIES(X)                                                     \
	X(IMPORT, import, WH, ELECTRICITY, SUM(IMPORT))               \
	X(IMPORT_T1, import_t1, WH, ELECTRICITY, ONE(IMPORT_T1))      \
	X(IMPORT_T2, import_t2, WH, ELECTRICITY, ONE(IMPORT_T2))      \
	X(IMPORT_T3, import_t3, WH, ELECTRICITY, ONE(IMPORT_T3))      \
	X(IMPORT_T4, import_t4, WH, ELECTRICITY, ONE(IMPORT_T4))      \
	X(EXPORT, export, WH, ELECTRICITY, SUM(EXPORT))               \
	X(EXPORT_T1, export_t1, WH, ELECTRICITY, ONE(EXPORT_T1))      \
	X(EXPORT_T2, export_t2, WH, ELECTRICITY, ONE(EXPORT_T2))      \
	X(EXPORT_T3, export_t3, WH, ELECTRICITY, ONE(EXPORT_T3))      \
	X(EXPORT_T4, export_t4, WH, ELECTRICITY, ONE(EXPORT_T4))      \
	X(REACTIVE_IMPORT, reactive_import, VARH, ELECTRICITY,        \
	  ONE(REACTIVE_IMPORT_TOTAL))                                 \
	X(REACTIVE_EXPORT, reactive_export, VARH, ELECTRICITY,        \
	  ONE(REACTIVE_EXPORT_TOTAL))                                 \
	X(GAS, gas, DM3, GAS, MBUS)                                   \
	X(WATER, water, DM3, WATER, MBUS)                             \
	X(WARM_WATER, warm_water, DM3, WARM_WATER, MBUS)              \
	X(HEAT, heat, MJ, HEAT, MBUS)                                 \
	X(COLD, cold, MJ, COLD, MBUS)
/* clang-format on */

/* The ending of a column for each unit, small and big, as a literal. */
#define SERIES_SMALL_WH "_wh"
#define SERIES_BIG_WH "_kwh"
#define SERIES_SMALL_VARH "_varh"
#define SERIES_BIG_VARH "_kvarh"
#define SERIES_SMALL_DM3 "_dm3"
#define SERIES_BIG_DM3 "_m3"
#define SERIES_SMALL_MJ "_mj"
#define SERIES_BIG_MJ "_gj"

enum series {
#define X(id, name, unit, medium, from) SERIES_##id,
	SERIES(X)
#undef X
		SERIES_COUNT
};

struct series_info {
	const char *name;	/* "import_t1" */
	enum unit unit;		/* unit of amounts and counters */
	enum medium medium;	/* whose meter counts it */
	const char *column;	/* in the `..._wh` views: "import_t1_wh" */
	const char *column_big; /* in the plain views: "import_t1_kwh" */
};

extern const struct series_info series[SERIES_COUNT];

/*
 * The media that are counted, in the order of their series, and the column of
 * the views that says how far apart the readings around a boundary are.
 */
enum { SERIES_GAPS = 6 };

struct series_gap {
	enum medium medium;
	const char *column; /* "gap_s" of electricity, "gas_gap_s" */
};

extern const struct series_gap series_gaps[SERIES_GAPS];

enum { /* the first series, up to here, are electricity's */
#define X(id, name, unit, medium, from) +(MEDIUM_##medium == MEDIUM_ELECTRICITY)
       ELECTRIC_SERIES = 0 SERIES(X),
#undef X
};

_Static_assert(SERIES_COUNT <= 32, "sets of series are 32 bits wide");

#endif
