/*
 * Consumption per hour, day or month from the views, and the total of a range:
 * the same numbers, so they add up.
 */
#ifndef GRAPHS_BAR_VALUES_H
#define GRAPHS_BAR_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/range.h"
#include "graphs/charts.h"
#include "storage/history/history.h"

/* A row of a view. */
struct bar {
	struct consumption consumed;
	bool guessed; /* no readings near its ends, or for a quarter of it: only
			 the sum of it and its neighbours is measured */
};

enum { BARS_MAX = 170, BAR_GAPS = 40 }; /* a week has up to 169 hours */

/* A time without readings. */
struct bar_gap {
	int64_t from, to;
};

struct bars {
	int64_t first, last; /* the medium's readings, UTC */
	size_t n;
	struct bar bar[BARS_MAX]; /* oldest first; bars without a reading of
				     the medium are omitted */
	size_t gaps;
	struct bar_gap gap[BAR_GAPS];
};

/*
 * Fill *out with the periods of range r, for the chart's medium. Returns 0 or a
 * negative code.
 */
int bar_values_load(struct history *h, const struct chart *c, enum period p,
		    const struct range *r, struct bars *out, struct err *e);

/* The same, with the gaps among its readings; a bar in one is `guessed`. */
int bar_values_load_gaps(struct history *h, const struct chart *c,
			 const struct range *r, struct bars *out,
			 struct err *e);

/*
 * Consumption of all series over the whole range. Returns 1, 0 if the range has
 * no reading of the chart's medium, or a negative code.
 */
int bar_values_total(struct history *h, const struct chart *c,
		     const struct range *r, struct bar *out, struct err *e);

/* The amount of series s; 0 if unknown. */
static inline int64_t bar_values_amount(const struct bar *b, enum series s)
{
	return b->consumed.have >> s & 1 ? b->consumed.amount[s] : 0;
}

/* Do the readings cover the whole bar? */
static inline bool bar_values_complete(const struct bars *all,
				       const struct bar *b)
{
	return b->consumed.start >= all->first && b->consumed.end <= all->last;
}

#endif
