/*
 * What is consumed and told apart, once: the columns of the views, the counters
 * of the RRD files, the bars of the pictures and the keys of the reports.
 *
 * X(id, name, unit, medium): a column of the `..._wh` views is the name and the
 * unit's suffix (import_t1_wh, gas_dm3), of the plain views the name and the
 * big unit in lower case (import_t1_kwh, gas_m3).
 *
 * import is register 1.8.0 where the meter sends it, else the sum of its
 * tariffs; tariffs are never added to a total. A medium with several meters is
 * their sum.
 */
#ifndef STORAGE_SERIES_H
#define STORAGE_SERIES_H

#include "telegram/quantity.h"
#include "telegram/reading.h"

#define SERIES(X)							\
	X(IMPORT, import, WH, ELECTRICITY)				\
	X(IMPORT_T1, import_t1, WH, ELECTRICITY)			\
	X(IMPORT_T2, import_t2, WH, ELECTRICITY)			\
	X(IMPORT_T3, import_t3, WH, ELECTRICITY)			\
	X(IMPORT_T4, import_t4, WH, ELECTRICITY)			\
	X(EXPORT, export, WH, ELECTRICITY)				\
	X(EXPORT_T1, export_t1, WH, ELECTRICITY)			\
	X(EXPORT_T2, export_t2, WH, ELECTRICITY)			\
	X(EXPORT_T3, export_t3, WH, ELECTRICITY)			\
	X(EXPORT_T4, export_t4, WH, ELECTRICITY)			\
	X(REACTIVE_IMPORT, reactive_import, VARH, ELECTRICITY)		\
	X(REACTIVE_EXPORT, reactive_export, VARH, ELECTRICITY)		\
	X(GAS, gas, DM3, GAS)						\
	X(WATER, water, DM3, WATER)					\
	X(WARM_WATER, warm_water, DM3, WARM_WATER)			\
	X(HEAT, heat, MJ, HEAT)						\
	X(COLD, cold, MJ, COLD)

enum series {
#define X(id, name, unit, medium) SERIES_##id,
	SERIES(X)
#undef X
	SERIES_COUNT
};

struct series_info {
	const char *name;   /* "import_t1" */
	enum unit unit;     /* of amounts and counters */
	enum medium medium; /* whose meter counts it */
	const char *column; /* of the `..._wh` views: "import_t1_wh" */
	const char *column_big; /* of the plain views: "import_t1_kwh" */
};

extern const struct series_info series[SERIES_COUNT];

_Static_assert(SERIES_COUNT <= 32, "sets of series are 32 bits wide");

#endif
