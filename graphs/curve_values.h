/*
 * Power over a day or a week: averages from counter differences over equal
 * steps, so that they add up to the totals, and the true peaks.
 */
#ifndef GRAPHS_CURVE_VALUES_H
#define GRAPHS_CURVE_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "graphs/charts.h"
#include "graphs/range.h"
#include "storage/history/history.h"

/* Days have up to 25 hours in steps of 5 minutes; weeks 169 in steps of 30. */
enum { CURVE_MAX = 360 };

enum sample_state {
	SAMPLE_BLANK, /* before the first reading, or in the future */
	SAMPLE_GAP,   /* no reading near one of its ends */
	SAMPLE_KNOWN,
};

struct sample {
	enum sample_state state;
	int64_t import_wh, export_wh;	      /* SAMPLE_KNOWN: amount of the
						 step */
	int64_t import_peak_w, export_peak_w; /* -1: none recorded */
};

struct curve {
	int64_t start, step; /* UTC, seconds */
	size_t n;
	struct sample sample[CURVE_MAX];
};

/*
 * Fill *out for a CHART_CURVE over range r in the chart's steps, or hourly
 * where thinning of the journal left nothing finer. Gaps end at `now`. Returns
 * 0 or a negative code.
 */
int curve_values_load(struct history *h, const struct chart *c,
		      const struct range *r, int64_t now, struct curve *out,
		      struct err *e);

/* Average power in W of an amount over the curve's step. */
int64_t curve_values_power(const struct curve *c, int64_t wh);

/*
 * The highest import in W, from peaks where recorded, else from averages; *at
 * is the start of its step. -1: none.
 */
int64_t curve_values_highest(const struct curve *c, int64_t *at);

/*
 * The lowest import in W of a clock hour without export (the same for a day as
 * in its week); -1: no such hour.
 */
int64_t curve_values_lowest(const struct curve *c);

/* Number of steps in this state. */
size_t curve_values_count(const struct curve *c, enum sample_state state);

#endif
