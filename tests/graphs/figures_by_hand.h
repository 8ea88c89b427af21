/* Figures without a database, for the tests of words and marks. */
#ifndef TESTS_GRAPHS_FIGURES_BY_HAND_H
#define TESTS_GRAPHS_FIGURES_BY_HAND_H

#include <string.h>

#include "base/localday.h"
#include "graphs/figures.h"

static const struct amounts no_prices;

/*
 * Figures of a subject in the range with this date, which ended long ago. They
 * stay valid until the next call.
 */
static inline struct figures *figures_by_hand(int subject, enum range_kind kind,
					      int year, int month, int day)
{
	static struct figures f;
	static struct range r;
	struct civil date = { .year = year, .month = month, .day = day };

	r = range_holding(kind, &date);
	memset(&f, 0, sizeof(f));
	f.q = (struct figures_question){
		.chart = chart_find(&subjects[subject], kind),
		.range = &r,
		.words = picture_words_find("en"),
		.prices = &no_prices,
		.currency = "EUR",
		.now = r.end + 40 * DAY_S,
	};
	f.last = f.q.now;
	f.standby_w = -1;
	f.curve.start = r.start;
	f.curve.step = f.q.chart->shape == CHART_CURVE ? f.q.chart->step : 300;
	f.curve.n = (size_t)((r.end - r.start) / f.curve.step);
	if (f.curve.n > CURVE_MAX)
		f.curve.n = CURVE_MAX;
	f.bars.first = f.days.first = r.start - DAY_S;
	f.bars.last = f.days.last = f.last;
	return &f;
}

static inline void set_amount(struct bar *b, enum series s, int64_t amount)
{
	b->consumed.have |= UINT32_C(1) << s;
	b->consumed.amount[s] = amount;
}

static inline struct sample known_sample(int64_t seconds, int64_t import_wh,
					 int64_t export_wh, int64_t peak_w)
{
	return (struct sample){ SAMPLE_KNOWN, seconds, import_wh, export_wh,
				peak_w };
}

#endif
