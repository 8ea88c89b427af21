/*
 * Quarters of an hour on the clock, measured as for a bill: the difference
 * between the counters at both ends. A quarter whose start or end lies in a gap
 * is not known.
 */
#ifndef STORAGE_HISTORY_QUARTERS_H
#define STORAGE_HISTORY_QUARTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "storage/history/energy_curve.h"

enum {
	QUARTER_S = 900,
	QUARTERS_PER_HOUR = 4,
	QUARTERS_APART_S = 450, /* of the readings around an end, at most */
};

struct quarter {
	bool known;
	int64_t start; /* UTC */
	int64_t import_wh;
};

/* The mean power in a quarter. */
static inline int64_t quarter_power_w(const struct quarter *q)
{
	return q->import_wh * QUARTERS_PER_HOUR;
}

/*
 * Find the quarter of the local hours in [from, to) with the highest import,
 * the first one if several are equal; it is unknown if no quarter is known.
 * Examines only hours that consumed enough. Returns 0 or a negative code.
 */
int quarters_highest(struct energy_curve *c, int64_t from, int64_t to,
		     struct quarter *out, struct err *e);

/*
 * Find the `most` quarters with the highest import, highest first, and set *n
 * to how many are known. The time taken grows with their number.
 */
int quarters_top(struct energy_curve *c, int64_t from, int64_t to, int most,
		 struct quarter *out, int *n, struct err *e);

/*
 * Find the quarter in [from, to), at most a day, with the lowest import and no
 * export: the standby power. Returns 0 or a negative code.
 */
int quarters_lowest(struct energy_curve *c, int64_t from, int64_t to,
		    struct quarter *out, struct err *e);

/* A reading that is newer than what is stored. */
struct quarter_heard {
	int64_t ts;	   /* UTC; 0 if none */
	int64_t import_wh; /* total, or the sum of the tariffs */
	int64_t power_w;   /* import; -1: unknown */
};

/* The quarter that `now` is in. */
struct quarter_running {
	bool known;
	int64_t start, end;   /* UTC */
	int64_t to;	      /* the newest reading */
	int64_t import_wh;    /* from start to `to` */
	int64_t projected_wh; /* to the end, if the power stays as it is */
};

/*
 * Find the current quarter. It is unknown if the newest reading is from before
 * it. Returns 0 or a negative code.
 */
int quarters_running(struct energy_curve *c, int64_t now,
		     const struct quarter_heard *heard,
		     struct quarter_running *out, struct err *e);

#endif
