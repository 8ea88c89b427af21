/*
 * Periods without readings, and what was consumed in them: the counters went on,
 * so the sum is known, and only its course is not.
 */
#ifndef STORAGE_HISTORY_GAP_LIST_H
#define STORAGE_HISTORY_GAP_LIST_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "storage/history/interpolation.h"

enum {
	GAP_LIST_SHORT_S = 900, /* of electricity */
	GAP_LIST_LONG_S = 3600, /* found without a look at the readings */
	GAP_LIST_MBUS_S = 7200,
};

struct gap {
	enum medium medium;
	int64_t start, end; /* UTC of the readings before and after it */
	bool open;	    /* it goes on: `end` is now */
	uint32_t have;	    /* bit s: amount[s] is known */
	int64_t amount[SERIES_COUNT];
};

/*
 * Call `row` with each gap of a medium that overlaps [from, to), in order.
 * Readings are a gap apart if it is more than `shortest` seconds, or two hours
 * for an M-Bus meter, and three times the usual distance of the readings on one
 * side of it: a meter that is read once a day has no gaps for that reason. Takes
 * a step per `shortest` of the period if that is less than an hour. Returns 0 or
 * a negative code.
 */
int gap_list(sqlite3 *db, struct interpolation *counters, enum medium m,
	     int64_t from, int64_t to, int64_t shortest,
	     void (*row)(void *ctx, const struct gap *g), void *ctx,
	     struct err *e);

/*
 * Find the gap that lasts until `now`, of 15 minutes at least; electricity has
 * been heard at `heard` (UTC) as well, 0: only what is stored. Returns 1, 0 if
 * there is none, or a negative code.
 */
int gap_list_open(sqlite3 *db, enum medium m, int64_t now, int64_t heard,
		  struct gap *g, struct err *e);

#endif
