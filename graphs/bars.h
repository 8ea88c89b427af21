/*
 * Consumption per hour, day or month, as the views have it, and the total of
 * a range: the same numbers, so they add up.
 */
#ifndef GRAPHS_BARS_H
#define GRAPHS_BARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "graphs/charts.h"
#include "graphs/range.h"
#include "storage/history/history.h"

/* One row of the views. */
struct bar {
	struct usage usage;
	bool guessed; /* in part, for want of readings at its ends */
};

enum { BARS_MAX = 170 }; /* a week has up to 169 hours */

struct bars {
	int64_t first, last; /* readings of the medium, UTC */
	size_t n;
	struct bar bar[BARS_MAX]; /* oldest first; those without a reading of
				     the medium are left out */
};

/* Fill *out for a CHART_BARS over range r. 0 or a negative code. */
int bars_load(struct history *h, const struct chart *c, const struct range *r,
	      struct bars *out, struct err *e);

/*
 * What was consumed in the whole range, of all series. 1, or 0 when there is
 * no reading of the chart's medium in it, or a negative code.
 */
int bars_total(struct history *h, const struct chart *c, const struct range *r,
	       struct bar *out, struct err *e);

/* The amount of series s; 0 when it is not known. */
static inline int64_t bars_amount(const struct bar *b, enum series s)
{
	return b->usage.have >> s & 1 ? b->usage.amount[s] : 0;
}

/* Do the readings cover all of this bar's time? */
static inline bool bars_complete(const struct bars *all, const struct bar *b)
{
	return b->usage.start >= all->first && b->usage.end <= all->last;
}

#endif
