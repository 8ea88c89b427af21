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
#include "storage/history.h"

enum { BARS_MAX = 170 }; /* the hours of a week of 169 hours */

struct bars {
	int64_t first, last; /* readings of the medium, UTC */
	size_t n;
	struct usage bar[BARS_MAX]; /* oldest first; those without a reading
				       of the medium are left out */
};

/* Fill *out for a CHART_BARS over range r. 0 or a negative code. */
int bars_load(struct history *h, const struct chart *c, const struct range *r,
	      struct bars *out, struct err *e);

/*
 * What was consumed in the whole range, of all series. 1, or 0 when there is
 * no reading of medium m in it, or a negative code.
 */
int bars_total(struct history *h, enum medium m, const struct range *r,
	       struct usage *out, struct err *e);

/* Is the amount of series s known? */
static inline bool bars_has(const struct usage *u, enum series s)
{
	return u->have >> s & 1;
}

/* Do the readings cover all of this bar's time? */
static inline bool bars_complete(const struct bars *b, const struct usage *u)
{
	return u->start >= b->first && u->end <= b->last;
}

/* Is a part of this bar a guess, for want of readings at its ends? */
bool bars_guessed(const struct chart *c, const struct usage *u);

#endif
