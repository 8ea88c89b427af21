/*
 * What the RRD files look like, once: file names, data sources, archives. The
 * tables here make the files, tell a file of ours from another, and are what
 * docs/rrd.md explains.
 */
#ifndef RRD_LAYOUT_H
#define RRD_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "storage/history/series.h"

enum {
	/* Raise it when old files must be made again: other data sources or
	 * archives, or another rule for what is fed into them. */
	LAYOUT_VERSION = 1,
	LAYOUT_STEP = 300,	/* seconds */
	LAYOUT_HEARTBEAT = 600, /* reached in long gaps alone (feed.h) */
};

/* Where a data source takes its value from. */
enum column_from {
	COLUMN_RATE, /* what one series counted in the step, per hour */
	COLUMN_PEAK, /* the highest power seen in the step */
};

enum peak_way { PEAK_IMPORT, PEAK_EXPORT, PEAK_COUNT };

/* One data source. Its unit is that of its series per hour; Wh/h is W. */
struct column {
	const char *name;   /* as rrdtool's DEF names it */
	enum medium medium; /* in whose file it is */
	enum column_from from;
	enum series series; /* COLUMN_RATE */
	enum peak_way peak; /* COLUMN_PEAK */
	bool always;	    /* also when the meter has no such register */
};

/* X(id, name, medium, from, of what, always) */
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

/* One archive of every file. */
struct archive {
	const char *cf; /* "AVERAGE", "MAX" */
	double unknown; /* the part of its steps that may be unknown (xff) */
	int64_t width;	/* seconds of one row, a multiple of LAYOUT_STEP */
	int64_t rows;
};

enum { ARCHIVE_COUNT = 6 };

extern const struct archive archives[ARCHIVE_COUNT];

/* How much time the longest archive holds, in seconds. */
int64_t layout_reach(void);

/*
 * The columns (bit c: column c) of a medium's file when its meters count the
 * series of the set `have` (bit s: series s); 0 for a medium that has no file.
 */
uint32_t layout_columns(enum medium m, uint32_t have);

/*
 * A bracket between two readings wider than this many seconds is a gap, unless
 * the readings before it came as seldom (see rrd/feed.h).
 */
int64_t layout_gap(enum medium m);

#endif
