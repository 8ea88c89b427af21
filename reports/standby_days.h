/*
 * Standby power: for each local day the quarter of an hour with the lowest
 * import and no export (quarters_lowest), and the median over several days.
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
	int64_t days; /* known days; if 0, the fields below are not set */
	int64_t w, lowest_w; /* the median, and the lowest */
};

/*
 * Returns the median of the days that start in [from, to): the lower one if
 * their number is even.
 */
struct standby_power standby_days_median(const struct standby_days *d,
					 int64_t from, int64_t to);

#endif
