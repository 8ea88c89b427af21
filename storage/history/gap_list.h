/*
 * Periods without readings, and what was consumed in them: the counters went on,
 * so the sum is known, and only its course is not.
 */
#ifndef STORAGE_HISTORY_GAP_LIST_H
#define STORAGE_HISTORY_GAP_LIST_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"
#include "storage/history/interpolation.h"

struct gap {
	enum medium medium;
	int64_t start, end; /* UTC of the readings before and after it */
	uint32_t have;	    /* bit s: amount[s] is known */
	int64_t amount[SERIES_COUNT];
};

/*
 * Call `row` with each gap of a medium that overlaps [from, to), in order.
 * Readings are a gap apart if it is more than an hour, or two for an M-Bus
 * meter, and three times the distance of the readings beside it: a meter that
 * is read once a day has no gaps for that reason. Returns 0 or a negative code.
 */
int gap_list(sqlite3 *db, struct interpolation *counters, enum medium m,
	     int64_t from, int64_t to,
	     void (*row)(void *ctx, const struct gap *g), void *ctx,
	     struct err *e);

#endif
