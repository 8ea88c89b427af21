/*
 * The house's counters at each boundary of an interval on the clock (UTC), for
 * a follower that keeps these instead of every reading.
 *
 * There is a boundary in each local hour that has a row in counter_from, and at
 * its end. A counter is known from its medium's first reading to its last one:
 * what lies between them is as the views have it, and final unless readings are
 * added or withdrawn there.
 */
#ifndef STORAGE_HISTORY_BOUNDARY_READINGS_H
#define STORAGE_HISTORY_BOUNDARY_READINGS_H

#include "storage/history/history.h"
#include "storage/history/series_extent.h"

enum { BOUNDARY_POWERS = 2 }; /* import, export */

struct boundary_reading {
	int64_t t;			/* UTC, a multiple of the interval */
	uint32_t have;			/* bit s: counter[s] is known */
	int64_t counter[SERIES_COUNT];	/* continuous, in series[s].unit */
	int64_t max_w[BOUNDARY_POWERS]; /* highest in the interval that ends at
					   t, W; -1 if none was seen */
	int64_t gap_s; /* distance of the electricity readings around t; 0 if
			  one is at t; -1: not between two readings */
};

/* Zeroed before its first use. */
struct boundary_readings {
	struct history *h;
	struct series_extent_source source;
	struct series_extent extent;
	struct stmt hour, next_hour;
	int64_t interval; /* seconds */
	int64_t t, last;  /* next boundary; UTC of the last one wanted */
	int64_t hour_end; /* of the hour that t was in */
};

/*
 * Iterate over the boundaries from `first` to `last` (UTC, both included):
 *
 *	boundary_readings_begin(&b, h, 300, first, last, e);
 *	while ((rc = boundary_readings_next(&b, &r, e)) > 0)
 *		...
 *	boundary_readings_end(&b);
 *
 * `interval` divides an hour. boundary_readings_begin returns 0 or a negative
 * code; boundary_readings_next returns 1, 0 at the end, or a negative code. End
 * it in any case.
 */
int boundary_readings_begin(struct boundary_readings *b, struct history *h,
			    int64_t interval, int64_t first, int64_t last,
			    struct err *e);
int boundary_readings_next(struct boundary_readings *b,
			   struct boundary_reading *out, struct err *e);
void boundary_readings_end(struct boundary_readings *b);

#endif
