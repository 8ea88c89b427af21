/* The columns (data sources) of the RRD files, explained in docs/rrd.md. */
#ifndef RRD_COLUMNS_H
#define RRD_COLUMNS_H

#include <stdbool.h>
#include <stdint.h>

#include "storage/history/series.h"

/* The source of a column's values. */
enum column_from {
	COLUMN_RATE, /* amount of a series in the step, per hour */
	COLUMN_PEAK, /* highest power seen in the step */
};

enum peak_way { PEAK_IMPORT, PEAK_EXPORT, PEAK_COUNT };

/* A data source. Its unit is that of its series per hour; Wh/h is W. */
struct column {
	const char *name;   /* name in rrdtool's DEF */
	enum medium medium; /* the file it belongs to */
	enum column_from from;
	enum series series; /* COLUMN_RATE */
	enum peak_way peak; /* COLUMN_PEAK */
	bool always;	    /* present even if the meter lacks the register */
};

/* X(id, name, medium, from, series or peak, always) */
#define COLUMNS(X)                                                             \
	X(IMPORT, "power_import", ELECTRICITY, RATE, IMPORT, true)             \
	X(EXPORT, "power_export", ELECTRICITY, RATE, EXPORT, true)             \
	X(IMPORT_MAX, "power_import_max", ELECTRICITY, PEAK, IMPORT, true)     \
	X(EXPORT_MAX, "power_export_max", ELECTRICITY, PEAK, EXPORT, true)     \
	X(IMPORT_T1, "power_import_t1", ELECTRICITY, RATE, IMPORT_T1, false)   \
	X(IMPORT_T2, "power_import_t2", ELECTRICITY, RATE, IMPORT_T2, false)   \
	X(IMPORT_T3, "power_import_t3", ELECTRICITY, RATE, IMPORT_T3, false)   \
	X(IMPORT_T4, "power_import_t4", ELECTRICITY, RATE, IMPORT_T4, false)   \
	X(EXPORT_T1, "power_export_t1", ELECTRICITY, RATE, EXPORT_T1, false)   \
	X(EXPORT_T2, "power_export_t2", ELECTRICITY, RATE, EXPORT_T2, false)   \
	X(EXPORT_T3, "power_export_t3", ELECTRICITY, RATE, EXPORT_T3, false)   \
	X(EXPORT_T4, "power_export_t4", ELECTRICITY, RATE, EXPORT_T4, false)   \
	X(REACTIVE_IMPORT, "reactive_import", ELECTRICITY, RATE,               \
	  REACTIVE_IMPORT, false)                                              \
	X(REACTIVE_EXPORT, "reactive_export", ELECTRICITY, RATE,               \
	  REACTIVE_EXPORT, false)                                              \
	X(GAS, "gas", GAS, RATE, GAS, true)                                    \
	X(WATER, "water", WATER, RATE, WATER, true)                            \
	X(WARM_WATER, "warm_water", WARM_WATER, RATE, WARM_WATER, true)        \
	X(HEAT, "heat", HEAT, RATE, HEAT, true)                                \
	X(COLD, "cold", COLD, RATE, COLD, true)

enum column_id {
#define X(id, name, medium, from, what, always) COLUMN_##id,
	COLUMNS(X)
#undef X
		COLUMN_COUNT
};

_Static_assert(COLUMN_COUNT <= 32, "sets of columns are 32 bits wide");

extern const struct column columns[COLUMN_COUNT];

/*
 * Returns the columns (bit c: column c) of a medium's file if its meters count
 * the series in `have` (bit s: series s); 0 for a medium without a file.
 */
uint32_t columns_of_medium(enum medium m, uint32_t have);

#endif
