/*
 * Periods without readings, and the consumption in them: the counters kept
 * counting, so the total is known, but not how it was spread over the gap.
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
	GAP_LIST_LONG_S = 3600, /* found without looking at the readings */
	GAP_LIST_MBUS_S = 7200,
};

struct gap {
	enum medium medium;
	int64_t start, end; /* UTC of the readings before and after it */
	bool open;	    /* it has not ended: `end` is now */
	uint32_t have;	    /* bit s: amount[s] is known */
	int64_t amount[SERIES_COUNT];
};

/*
 * Call `row` with each gap of a medium that overlaps [from, to), in order. Two
 * readings enclose a gap if they are more than `shortest` seconds (two hours
 * for an M-Bus meter) apart, and more than three times the usual time between
 * the readings on one side: a meter that is read once a day has no gaps for
 * that reason alone. Takes one step per `shortest` seconds of the period if
 * that is less than an hour. Returns 0 or a negative code.
 */
int gap_list(sqlite3 *db, struct interpolation *counters, enum medium m,
	     int64_t from, int64_t to, int64_t shortest,
	     void (*row)(void *ctx, const struct gap *g), void *ctx,
	     struct err *e);

/*
 * Find the gap that lasts until `now`, if it is at least 15 minutes long.
 * `heard` (UTC) is when a reading of electricity was last received, stored or
 * not; 0 if only what is stored counts. Returns 1, 0 if there is no such gap,
 * or a negative code.
 */
int gap_list_open(sqlite3 *db, enum medium m, int64_t now, int64_t heard,
		  struct gap *g, struct err *e);

#endif
