/*
 * A usual day: the mean of the seven days before a date at the same local clock
 * time. Totals are the mean of the totals, so import and export do not cancel.
 * A day is included for a medium if it is known from start to end and has no
 * long gap (gap_list.h); with fewer than three such days nothing is known.
 */
#ifndef STORAGE_HISTORY_USUAL_DAY_H
#define STORAGE_HISTORY_USUAL_DAY_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"
#include "storage/history/interpolation.h"

enum {
	USUAL_DAY_DAYS = 7,
	USUAL_DAY_LEAST = 3, /* days */
	USUAL_DAY_HOURS = 24,
	USUAL_DAY_SLOT_S = 300,
	USUAL_DAY_SLOTS = 288, /* of 24 hours of the clock */
};

/* Bit s of `have`: amount[s] is known, in series[s].unit. */
struct usual_day_amounts {
	uint32_t have;
	int64_t amount[SERIES_COUNT];
};

struct usual_day {
	int64_t from, to; /* UTC: the seven days; equal: not in the calendar */
	int again; /* clock hour that occurs twice on the date; -1 if none */
	int days[MEDIUM_COUNT]; /* days that count; 0 if fewer than three */
	/*
	 * On a day when the clock changes, a slot occurs twice or not at all;
	 * the means are for a slot that occurs once.
	 */
	bool known[USUAL_DAY_SLOTS];
	int64_t power_w[USUAL_DAY_SLOTS]; /* import - export */
	struct usual_day_amounts hour[USUAL_DAY_HOURS];
	struct usual_day_amounts until; /* a time of day */
	struct usual_day_amounts whole;
};

/*
 * Find the usual day before the local date `day` ("2026-03-10"), with its
 * amounts up to the time of day of `until`, or of an M-Bus medium's newest
 * reading if that is earlier: nothing before the start of that date, the whole
 * day from its end on. Returns 0 or a negative code.
 */
int usual_day_find(struct usual_day *u, sqlite3 *db,
		   struct interpolation *counters, struct span day,
		   int64_t until, struct err *e);

#endif
