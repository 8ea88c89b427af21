/* Curves and bars become layers: the right cells, signs and heights. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/localday.h"
#include "base/span.h"
#include "graphs/layers.h"
#include "graphs/plot.h"

static const struct legend legend;

static int amsterdam(void **state)
{
	struct err e = { 0 };

	(void)state;
	return localday_use("Europe/Amsterdam", &e);
}

static struct range range_of(enum range_kind kind, int year, int month, int day)
{
	struct civil date = { .year = year, .month = month, .day = day };

	return range_holding(kind, &date);
}

static struct drawing blank(void)
{
	return (struct drawing){
		.width = 900,
		.height = 300,
		.theme = theme_find("light"),
		.legend = &legend,
	};
}

/* Find the layer of this shape and colour; the test fails without it. */
static const double *layer_of(const struct drawing *d, enum shape shape,
			      uint32_t colour)
{
	for (size_t i = 0; i < d->layers; i++)
		if (d->layer[i].shape == shape && d->layer[i].colour == colour)
			return d->layer[i].value;
	fail_msg("no layer of colour %08x", colour);
	return NULL;
}

/* NAN counts as -999, the infinities as 777 and -777. */
static void check_cell(const char *name, double is, double want)
{
	double seen = isnan(is) ? -999 : isinf(is) ? (is > 0 ? 777 : -777) : is;

	if (fabs(seen - want) > 1e-9)
		fail_msg("%s: %g, not %g", name, seen, want);
}

static void a_curve_goes_up_and_down_and_leaves_gaps(void **state)
{
	struct range r = range_of(RANGE_DAY, 2026, 6, 10);
	struct curve c = { .start = r.start, .step = 300, .n = 288 };
	struct drawing d = blank();
	const uint32_t in = d.theme->hue[HUE_IMPORT][0];
	const uint32_t out = d.theme->hue[HUE_EXPORT][0];
	const double *up, *down, *peaks, *gap;
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < c.n; i++)
		c.sample[i].state = SAMPLE_BLANK;
	for (size_t i = 0; i < 20; i++)
		c.sample[i].state = SAMPLE_KNOWN;
	c.sample[3] = (struct sample){ SAMPLE_KNOWN, 10, 0, 2400, -1 };
	c.sample[9] = (struct sample){ SAMPLE_KNOWN, 0, 20, -1, 300 };
	c.sample[12].state = SAMPLE_GAP;
	check_int("plot", plot_curve(&d, &r, &c, &e), 0);
	up = layer_of(&d, SHAPE_LINE, in);
	down = layer_of(&d, SHAPE_LINE, out);
	peaks = layer_of(&d, SHAPE_AREA, theme_fade(in, 22));
	gap = d.layer[0].value;
	check_cell("up", up[3], 120);
	check_cell("its area", layer_of(&d, SHAPE_AREA, theme_fade(in, 50))[3],
		   120);
	check_cell("up comes down to zero", up[4], 0);
	check_cell("and stays away", up[7], -999);
	check_cell("peak", peaks[3], 2400);
	check_cell("down", down[9], -240);
	check_cell("a gap has no value", up[12], -999);
	check_cell("a gap has a band", gap[12], 777);
	check_cell("below zero too", d.layer[1].value[12], -777);
	check_cell("what is known has none", gap[3], -999);
	check_cell("what is to come has none", gap[100], -999);
	assert_true(d.scale.high >= 2400 && d.scale.low <= -300);
	assert_string_equal(d.scale.unit, "W");
	layers_free(&d);
}

static void large_powers_are_shown_in_kilowatts(void **state)
{
	struct range r = range_of(RANGE_DAY, 2026, 6, 10);
	struct curve c = { .start = r.start, .step = 300, .n = 288 };
	struct drawing d = blank();
	struct err e = { 0 };

	(void)state;
	c.sample[5] = (struct sample){ SAMPLE_KNOWN, 500, 0, -1, -1 };
	check_int("plot", plot_curve(&d, &r, &c, &e), 0);
	assert_string_equal(d.scale.unit, "kW");
	check_cell("6 kW",
		   layer_of(&d, SHAPE_LINE, d.theme->hue[HUE_IMPORT][0])[5], 6);
	layers_free(&d);
}

/*
 * Fill the days of a month with equal amounts: T1 4, T2 6, export 5 kWh. The
 * meter's own total is one Wh higher.
 */
static void fill(struct bars *b, const struct range *r, int days)
{
	struct civil c = localday_civil(r->start);

	memset(b, 0, sizeof(*b));
	b->first = r->start;
	b->last = r->end;
	b->n = (size_t)days;
	for (int i = 0; i < days; i++) {
		struct consumption *u = &b->bar[i].consumed;

		u->start = localday_day_start(c.year, c.month, c.day + i);
		u->end = localday_day_start(c.year, c.month, c.day + i + 1);
		u->have = ~UINT32_C(0);
		u->amount[SERIES_IMPORT_T1] = 4000;
		u->amount[SERIES_IMPORT_T2] = 6000;
		u->amount[SERIES_IMPORT] = 10001;
		u->amount[SERIES_EXPORT] = 5000;
	}
}

/*
 * Count the runs of cells with this value, and find out whether all have the
 * same width.
 */
static int runs(const double *value, size_t n, double of, size_t *width)
{
	size_t run = 0;
	int count = 0;

	*width = 0;
	for (size_t i = 0; i <= n; i++) {
		if (i < n && fabs(value[i] - of) < 1e-9) {
			run++;
			continue;
		}
		if (run > 0 && count++ > 0 && run != *width)
			fail_msg("a bar is %zu pixels wide, not %zu", run,
				 *width);
		if (run > 0)
			*width = run;
		run = 0;
	}
	return count;
}

static void bars_are_stacked_and_equally_wide(void **state)
{
	static const struct {
		const char *name;
		int month, days;
	} cases[] = {
		{ "31 days", 1, 31 },
		{ "28 days", 2, 28 },
		{ "a day of 23 hours", 3, 31 },
		{ "a day of 25 hours", 10, 31 },
		{ "a month half over", 11, 15 },
	};
	const struct chart *chart = chart_find(&subjects[0], RANGE_MONTH);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct range r = range_of(RANGE_MONTH, 2026, cases[i].month, 1);
		static struct bars b;
		struct drawing d = blank();
		const struct theme *t = d.theme;
		struct err e = { 0 };
		size_t low, high, down;

		fill(&b, &r, cases[i].days);
		check_int(cases[i].name, plot_bars(&d, chart, &r, &b, &e), 0);
		check_int(cases[i].name,
			  runs(layer_of(&d, SHAPE_AREA, t->hue[HUE_IMPORT][0]),
			       d.cells, 4, &low),
			  cases[i].days);
		check_int(cases[i].name,
			  runs(layer_of(&d, SHAPE_AREA, t->hue[HUE_IMPORT][1]),
			       d.cells, 10.001, &high),
			  cases[i].days);
		check_int(cases[i].name,
			  runs(layer_of(&d, SHAPE_AREA, t->hue[HUE_EXPORT][0]),
			       d.cells, -5, &down),
			  cases[i].days);
		assert_in_range(low, 10, d.cells / 28);
		assert_int_equal(low, high);
		assert_int_equal(low, down);
		layers_free(&d);
	}
}

static void bars_that_are_guessed_are_pale(void **state)
{
	const struct chart *chart = chart_find(&subjects[0], RANGE_MONTH);
	struct range r = range_of(RANGE_MONTH, 2026, 1, 1);
	static struct bars b;
	struct drawing d = blank();
	uint32_t tone = d.theme->hue[HUE_IMPORT][1];
	struct err e = { 0 };
	size_t width;

	(void)state;
	fill(&b, &r, 31);
	b.bar[6].guessed = b.bar[7].guessed = b.bar[20].guessed = true;
	check_int("plot", plot_bars(&d, chart, &r, &b, &e), 0);
	check_int("sure",
		  runs(layer_of(&d, SHAPE_AREA, tone), d.cells, 10.001, &width),
		  28);
	check_int("guessed",
		  runs(layer_of(&d, SHAPE_AREA, theme_pale(d.theme, tone)),
		       d.cells, 10.001, &width),
		  3);
	layers_free(&d);
}

static void every_chart_can_be_plotted(void **state)
{
	(void)state;
	for (size_t i = 0; i < chart_count; i++) {
		struct range r = range_of(charts[i].range, 2026, 10, 25);
		static struct bars b;
		static struct curve c;
		struct drawing d = blank();
		struct err e = { 0 };
		int rc;

		memset(&b, 0, sizeof(b));
		c = (struct curve){ .start = r.start,
				    .step = 1800,
				    .n = (size_t)((r.end - r.start) / 1800) };
		rc = charts[i].shape == CHART_BARS
			     ? plot_bars(&d, &charts[i], &r, &b, &e)
			     : plot_curve(&d, &r, &c, &e);
		if (rc < 0)
			fail_msg("%s: %s", charts[i].file, e.text);
		assert_ptr_equal(chart_find(charts[i].subject, charts[i].range),
				 &charts[i]);
		layers_free(&d);
	}
	check_int("charts", chart_count, subject_count * RANGE_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_curve_goes_up_and_down_and_leaves_gaps),
		cmocka_unit_test(large_powers_are_shown_in_kilowatts),
		cmocka_unit_test(bars_are_stacked_and_equally_wide),
		cmocka_unit_test(bars_that_are_guessed_are_pale),
		cmocka_unit_test(every_chart_can_be_plotted),
	};

	return cmocka_run_group_tests_name("plot", tests, amsterdam, NULL);
}
