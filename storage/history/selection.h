/* Consumption between any two instants. */
#ifndef STORAGE_HISTORY_SELECTION_H
#define STORAGE_HISTORY_SELECTION_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"
#include "storage/history/interpolation.h"

struct selection_sum {
	enum medium medium;
	int64_t from, to; /* UTC: the part between its first and last reading */
	uint32_t have;	  /* bit s: amount[s] is known */
	int64_t amount[SERIES_COUNT]; /* in series[s].unit */
};

/*
 * Call `row` with each medium that has readings in or around [from, to), in the
 * order of their series. Returns 0 or a negative code.
 */
int selection_add_up(sqlite3 *db, struct interpolation *counters, int64_t from,
		     int64_t to,
		     void (*row)(void *ctx, const struct selection_sum *s),
		     void *ctx, struct err *e);

#endif
