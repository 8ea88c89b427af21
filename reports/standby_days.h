/*
 * Standby power: of each local day the quarter of an hour that imported least and
 * exported nothing (quarters_lowest), and the median of such days.
 */
#ifndef REPORTS_STANDBY_DAYS_H
#define REPORTS_STANDBY_DAYS_H

#include <stddef.h>
#include <stdint.h>

#include "storage/history/history.h"

struct standby_day {
	int64_t start; /* UTC of the local day */
	int64_t w;
};

struct standby_days {
	struct standby_day *day; /* the known ones, in order; malloc'd */
	size_t n, room;
};

/* Load the local days that start in [from, to). Returns 0 or a negative code. */
int standby_days_load(struct standby_days *d, struct history *h, int64_t from,
		      int64_t to, struct err *e);
void standby_days_free(struct standby_days *d);

struct standby_power {
	int64_t days;	     /* that are known; 0: none, and nothing below */
	int64_t w, lowest_w; /* the median, and the lowest */
};

/* Of the days that start in [from, to); of an even number the lower median. */
struct standby_power standby_days_median(const struct standby_days *d,
					 int64_t from, int64_t to);

#endif
