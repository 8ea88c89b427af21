/*
 * A local day, week, month or year compared with an earlier one, by the
 * calendar: the same hour of the day, day of the week or the month, month of
 * the year. Both are summed over the same part of the calendar: from the start
 * of the earlier one's readings up to the newest reading of the later one; for
 * a week, month or year, only over whole days, if there are any.
 */
#ifndef STORAGE_HISTORY_COMPARISON_H
#define STORAGE_HISTORY_COMPARISON_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"
#include "storage/history/consumption.h"
#include "storage/history/interpolation.h"

enum comparison_span {
	COMPARISON_DAY,
	COMPARISON_WEEK, /* from Monday */
	COMPARISON_MONTH,
	COMPARISON_YEAR,
	COMPARISON_SPANS
};

enum comparison_with {
	COMPARISON_NOTHING,
	COMPARISON_BEFORE,    /* the day, week, month or year before */
	COMPARISON_LAST_YEAR, /* for a week: 52 weeks before */
	COMPARISON_LAST_WEEK, /* for a day: the same weekday */
	COMPARISON_USUAL,     /* a usual day (usual_day.h): no period */
	COMPARISON_WITHS
};

/* Local boundaries, in UTC; start = end if the calendar has no such period. */
struct comparison_period {
	int64_t start, end;
};

struct comparison {
	enum comparison_span span;
	enum comparison_with with;
	enum period step; /* of a bar: hour, day or month */
	struct comparison_period now, before;
};

/*
 * Find the period of the local date `day` ("2026-03-10") and the one that it is
 * compared with: none for 29 February of last year, for last week unless the
 * period is a day, or if the comparison is with a usual day. Returns 0 or a
 * negative code.
 */
int comparison_find(struct comparison *c, sqlite3 *db, struct span day,
		    struct err *e);

/* Consumption in part of a period. */
struct comparison_amount {
	int64_t from, to;	      /* UTC; equal: nothing is known */
	uint32_t have;		      /* bit s: amount[s] is known */
	int64_t amount[SERIES_COUNT]; /* in series[s].unit */
};

struct comparison_sum {
	enum medium medium;
	int64_t last; /* UTC of its newest reading */
	/*
	 * The whole period as far as it is known, and the parts that are
	 * compared.
	 */
	struct comparison_amount now, same, before;
};

/*
 * Add up a medium. Returns 1, 0 if it has no reading, or a negative code.
 */
int comparison_add_up(const struct comparison *c, sqlite3 *db,
		      struct interpolation *counters, enum medium m,
		      struct comparison_sum *out, struct err *e);

#endif
