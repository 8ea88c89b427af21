/*
 * The first and last reading of each series: what was counted is known between
 * them, and unknown before and after.
 */
#ifndef STORAGE_HISTORY_SERIES_EXTENT_H
#define STORAGE_HISTORY_SERIES_EXTENT_H

#include <stdbool.h>

#include "storage/db/stmt.h"
#include "storage/history/series.h"

/* UTC of the first and the last reading; first > last if there is none. */
struct series_range {
	int64_t first, last;
};

struct series_extent {
	struct series_range of[SERIES_COUNT];
	struct series_range medium[MEDIUM_COUNT];
	struct series_range all;
	int64_t newest_run; /* its first reading of electricity; INT64_MIN if
			       none */
	uint32_t running;   /* series that this run shows, and are known until
			       now */
	bool adds;	    /* meters are added to the house's */
};

struct series_extent_source {
	/* Runs, from either end, of the house's meter and of an added one */
	struct stmt oldest[2], newest[2];
	struct stmt added, extent;
};

int series_extent_open(struct series_extent_source *s, sqlite3 *db,
		       struct err *e);
void series_extent_close(struct series_extent_source *s); /* safe if zeroed */

/*
 * Read all. A total counts as shown if its tariffs are. Takes a few steps per
 * run of the table installation, from either end up to the runs that show each
 * series. Returns 0 or a negative code.
 */
int series_extent_read(struct series_extent *out,
		       struct series_extent_source *s, struct err *e);

/*
 * The same after new readings that start no run and are not older than the
 * newest run, if no meter is added to the house's: takes a few steps per meter.
 */
int series_extent_go_on(struct series_extent *out,
			struct series_extent_source *s, struct err *e);

#endif
