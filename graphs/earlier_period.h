/*
 * What a range is compared with: a day with a usual day, a week with the one
 * before, a month with the same month last year, a year with the year before.
 */
#ifndef GRAPHS_EARLIER_PERIOD_H
#define GRAPHS_EARLIER_PERIOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/range.h"
#include "graphs/charts.h"
#include "storage/history/history_day.h"

/* Hours of the clock, days of a month or months of a year. */
enum { EARLIER_SLOTS = 31 };

struct earlier_period {
	/* A day's slots are hours of a usual day; a month's days or a year's
	   months are last year's. */
	struct {
		bool known;
		int64_t up, down;
	} slot[EARLIER_SLOTS];
	size_t slots; /* 0: nothing is known, or it is a week */
	int64_t since; /* its first known whole day, if that is not its start; else 0 */
	/*
	 * Both sums over the same part of the calendar: finished days only, or
	 * for a day in progress, up to its last reading.
	 */
	bool sums;
	int64_t now, before;
	int64_t from, to;	/* that part, in the range */
	bool usual_power;	/* of electricity on a usual day */
	struct usual_day usual; /* RANGE_DAY */
};

/* Returns 0 or a negative code. */
int earlier_period_load(struct history *h, const struct chart *c,
			const struct range *r, int64_t now,
			struct earlier_period *out, struct err *e);

/* Returns the slot of a time within the range. */
size_t earlier_period_slot(const struct range *r, int64_t t);

#endif
