/*
 * Power over a day or a week: averages from counter differences over equal
 * steps, so that they add up to the totals, the true peaks, and the gaps.
 */
#ifndef GRAPHS_CURVE_VALUES_H
#define GRAPHS_CURVE_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/range.h"
#include "graphs/charts.h"
#include "graphs/drawing.h"
#include "storage/history/history.h"

/* Days have up to 25 hours in steps of 5 minutes; weeks 169 in steps of 15. */
enum { CURVE_MAX = 680, CURVE_GAPS = GAPS_MAX };

enum sample_state {
	SAMPLE_BLANK, /* before the first reading, or in the future */
	SAMPLE_GAP,   /* no reading near one of its ends */
	SAMPLE_KNOWN,
};

struct sample {
	enum sample_state state;
	int64_t seconds; /* less than the step if it is in progress */
	int64_t import_wh, export_wh; /* SAMPLE_KNOWN: amount of the step */
	int64_t import_peak_w;	      /* -1 if none recorded */
};

/*
 * A time without readings. Its energy is known if there are readings on both
 * sides; -1 if it is not, as after the newest reading.
 */
struct curve_gap {
	int64_t from, to;
	int64_t import_wh, export_wh;
};

struct curve {
	int64_t start, step; /* UTC, seconds */
	size_t n;
	struct sample sample[CURVE_MAX];
	struct curve_gap gap[CURVE_GAPS];
	size_t gaps;
	int64_t peak_w, peak_at; /* the highest import; -1 if none */
};

/*
 * Fill *out for a CHART_CURVE over range r in the chart's steps, or hourly
 * where thinning of the journal left nothing finer. Gaps end at `now`. Returns
 * 0 or a negative code.
 */
int curve_values_load(struct history *h, const struct chart *c,
		      const struct range *r, int64_t now, struct curve *out,
		      struct err *e);

/* Returns the average power in W of an amount over the time of a sample. */
int64_t curve_values_power(const struct sample *s, int64_t wh);

/* Returns the number of steps in this state. */
size_t curve_values_count(const struct curve *c, enum sample_state state);

#endif
