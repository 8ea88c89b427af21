/* Curves and bars become layers and marks: the right cells, signs, heights. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>

#include "base/span.h"
#include "graphs/layers.h"
#include "graphs/plot.h"
#include "tests/graphs/figures_by_hand.h"
#include "tests/graphs/plain_text.h"

static int amsterdam(void **state)
{
	struct err e = { 0 };

	(void)state;
	return localday_use("Europe/Amsterdam", &e);
}

/* A blank drawing of the usual size; large, so there is one. */
static struct drawing *blank(int width, int height)
{
	static struct drawing d;

	memset(&d, 0, sizeof(d));
	d.width = width;
	d.height = height;
	d.theme = theme_find("light");
	d.point = '.';
	d.canvas = (struct canvas){ 64, 76, width - 82, height - 102 };
	return &d;
}

static void plot(struct drawing *d, const struct figures *f)
{
	struct err e = { 0 };
	int rc = f->q.chart->shape == CHART_CURVE ? plot_curve(d, f, &e)
						  : plot_bars(d, f, &e);

	if (rc < 0)
		fail_msg("%s: %s", f->q.chart->file, e.text);
}

/* Find the layer of this shape and colour; the test fails without it. */
static const double *layer_of(const struct drawing *d, enum shape shape,
			      uint32_t colour)
{
	for (size_t i = 0; i < d->layers; i++)
		if (d->layer[i].shape == shape && d->layer[i].colour == colour)
			return d->layer[i].value;
	fail_msg("no layer of colour %06x", colour);
	return NULL;
}

/* NAN counts as -999. */
static void check_cell(const char *name, double is, double want)
{
	double seen = isnan(is) ? -999 : is;

	if (fabs(seen - want) > 1e-9)
		fail_msg("%s: %g, not %g", name, seen, want);
}

static void check_near(const char *name, double is, double want, double most)
{
	if (fabs(is - want) > most)
		fail_msg("%s: %g, not %g", name, is, want);
}

static void a_curve_goes_up_and_down_and_leaves_gaps(void **state)
{
	struct figures *f = figures_by_hand(0, RANGE_DAY, 2026, 6, 10);
	struct curve *c = &f->curve;
	struct drawing *d = blank(900, 300);
	const uint32_t *tint = d->theme->tint;
	const double *up, *down, *peaks;
	char text[256];

	(void)state;
	for (size_t i = 0; i < 20; i++)
		c->sample[i] = known_sample(300, 0, 0, -1);
	c->sample[3] = known_sample(300, 10, 0, 840);
	c->sample[9] = known_sample(300, 0, 20, -1);
	c->sample[12].state = SAMPLE_GAP;
	c->gaps = 1;
	c->gap[0] = (struct curve_gap){ c->start + HOUR_S,
					c->start + HOUR_S + 360, 4, 0 };
	c->peak_w = 840;
	c->peak_at = c->start + 1000;
	plot(d, f);
	up = layer_of(d, SHAPE_LINE, tint[TINT_IMPORT]);
	down = layer_of(d, SHAPE_LINE, tint[TINT_EXPORT]);
	peaks = layer_of(d, SHAPE_PEAKS, tint[TINT_IMPORT_PALE]);
	check_cell("up", up[3], 120);
	check_cell("its area",
		   layer_of(d, SHAPE_AREA,
			    theme_mix(d->theme, TINT_IMPORT,
				      THEME_IMPORT_AREA))[3],
		   120);
	check_cell("up comes down to zero", up[4], 0);
	check_cell("and stays away", up[7], -999);
	check_cell("peak", peaks[3], 840);
	check_cell("down", down[9], -240);
	check_cell("a gap has no value", up[12], -999);
	assert_true(d->scale.high > 840 && d->scale.low < -240);
	assert_string_equal(d->scale.unit, "W");
	check_int("gaps", d->gaps, 1);
	check_near("its start", d->gap[0].from, 1.0 / 24, 1e-9);
	check_near("its end", d->gap[0].to, 1.1 / 24, 1e-9);
	check_text("its words", d->gap[0].line[0].piece[0].text, "no readings");
	check_text("its time", d->gap[0].line[1].piece[0].text, "01:00–01:06");
	check_text("its energy", d->gap[0].line[1].piece[2].text, "0.00");
	check_near("the peak", d->dot.at, 1000.0 / (double)DAY_S, 1e-9);
	check_text("its words", plain_text(text, d->dot.text),
		   "840_W at 00:16");
	check_text("no now", d->now.text, "");
	layers_free(d);
}

static void the_words_of_a_peak_are_on_the_free_side(void **state)
{
	static const struct {
		const char *name;
		int other; /* another high step; the peak is at 100 */
		bool before;
	} cases[] = {
		{ "alone", 0, false },
		{ "another one before", 95, false },
		{ "another one after", 105, true },
		{ "another one much later", 200, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct figures *f = figures_by_hand(0, RANGE_DAY, 2026, 6, 10);
		struct curve *c = &f->curve;
		struct drawing *d = blank(900, 300);

		c->sample[cases[i].other] = known_sample(300, 100, 0, 1900);
		c->sample[100] = known_sample(300, 100, 0, 2000);
		c->peak_w = 2000;
		c->peak_at = c->start + 100 * 300 + 100;
		plot(d, f);
		check_int(cases[i].name, d->dot.before, cases[i].before);
		layers_free(d);
	}
}

static void large_powers_are_shown_in_kilowatts(void **state)
{
	struct figures *f = figures_by_hand(0, RANGE_DAY, 2026, 6, 10);
	struct drawing *d = blank(900, 300);

	(void)state;
	f->curve.sample[5] = known_sample(300, 500, 0, -1);
	f->curve.peak_w = 6000;
	f->q.now = f->q.range->start + 6 * HOUR_S;
	plot(d, f);
	assert_string_equal(d->scale.unit, "kW");
	check_cell("6 kW",
		   layer_of(d, SHAPE_LINE, d->theme->tint[TINT_IMPORT])[5], 6);
	check_near("now", d->now.at, 0.25, 1e-9);
	check_text("now", d->now.text, "now");
	layers_free(d);
}

static void a_usual_day_goes_on_all_day(void **state)
{
	struct figures *f = figures_by_hand(0, RANGE_DAY, 2026, 10, 25);
	struct drawing *d = blank(900, 300);
	const double *dash;

	(void)state;
	f->compared.usual_power = true;
	for (int i = 0; i < USUAL_DAY_SLOTS; i++) {
		f->compared.usual.known[i] = true;
		f->compared.usual.power_w[i] = i < 144 ? 300 : -300;
	}
	plot(d, f);
	dash = layer_of(d, SHAPE_DASH, d->theme->tint[TINT_INK]);
	check_cell("at night", dash[0], 300);
	check_cell("02 again", dash[40], 300);
	check_cell("at noon, an hour later by the clock", dash[13 * 12 - 3],
		   300);
	check_cell("then the other way", dash[13 * 12 + 2], -300);
	check_cell("to the end", dash[299], -300);
	assert_true(d->scale.low < -300);
	layers_free(d);
}

/*
 * Fill the days of a month with equal amounts: T1 4, T2 6, export 5 kWh. The
 * meter's own total is one Wh higher.
 */
static struct figures *filled(int month, int days)
{
	struct figures *f = figures_by_hand(0, RANGE_MONTH, 2026, month, 1);
	struct civil c = localday_civil(f->q.range->start);

	f->bars.n = (size_t)days;
	for (int i = 0; i < days; i++) {
		struct bar *b = &f->bars.bar[i];

		b->consumed.start =
			localday_day_start(c.year, c.month, c.day + i);
		b->consumed.end =
			localday_day_start(c.year, c.month, c.day + i + 1);
		set_amount(b, SERIES_IMPORT_T1, 4000);
		set_amount(b, SERIES_IMPORT_T2, 6000);
		set_amount(b, SERIES_IMPORT, 10001);
		set_amount(b, SERIES_EXPORT, 5000);
	}
	for (int s = 0; s < SERIES_COUNT; s++)
		set_amount(&f->total, (enum series)s,
			   f->bars.bar[0].consumed.amount[s] * days);
	return f;
}

/*
 * Count the runs of cells with about this value, and find out whether all have
 * the same width.
 */
static int runs(const struct drawing *d, const double *value, double of,
		size_t *width)
{
	double pixel = (d->scale.high - d->scale.low) / d->canvas.height;
	size_t run = 0;
	int count = 0;

	*width = 0;
	for (size_t i = 0; i <= d->cells; i++) {
		if (i < d->cells && fabs(value[i] - of) < pixel) {
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

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct figures *f = filled(cases[i].month, cases[i].days);
		struct drawing *d = blank(900, 300);
		const uint32_t *t = d->theme->tint;
		size_t low, high, down;

		plot(d, f);
		check_int(cases[i].name, d->cells, d->canvas.width);
		check_int(cases[i].name,
			  runs(d, layer_of(d, SHAPE_AREA, t[TINT_IMPORT_LOW]),
			       4, &low),
			  cases[i].days);
		check_int(cases[i].name,
			  runs(d, layer_of(d, SHAPE_AREA, t[TINT_IMPORT]),
			       10.001, &high),
			  cases[i].days);
		check_int(cases[i].name,
			  runs(d, layer_of(d, SHAPE_AREA, t[TINT_EXPORT]), -5,
			       &down),
			  cases[i].days);
		assert_in_range(low, 15, d->cells / 28);
		assert_int_equal(low, high);
		assert_int_equal(low, down);
		check_int("blocks", d->blocks, 0);
		layers_free(d);
	}
}

static void zero_and_the_tops_of_bars_are_edges_of_pixels(void **state)
{
	(void)state;
	for (int height = 200; height < 330; height += 7) {
		struct figures *f = filled(1, 31);
		struct drawing *d = blank(900, height);
		double pixel, top;
		const double *value;

		plot(d, f);
		pixel = (d->scale.high - d->scale.low) / d->canvas.height;
		value = layer_of(d, SHAPE_AREA, d->theme->tint[TINT_IMPORT]);
		check_near("zero", d->scale.high / pixel,
			   round(d->scale.high / pixel), 1e-6);
		top = value[d->canvas.width / 62] / pixel;
		check_near("a bar", top, round(top), 1e-6);
		layers_free(d);
	}
}

static void bars_in_gaps_and_unfinished_ones_are_blocks(void **state)
{
	struct figures *f = filled(11, 15);
	struct drawing *d = blank(900, 300);
	size_t width;

	(void)state;
	f->bars.bar[6].guessed = f->bars.bar[7].guessed = true;
	f->bars.gaps = 1;
	f->bars.gap[0] =
		(struct bar_gap){ f->bars.bar[6].consumed.start + HOUR_S,
				  f->bars.bar[7].consumed.end - HOUR_S };
	f->q.now = f->bars.bar[14].consumed.end - HOUR_S;
	plot(d, f);
	check_int("plain",
		  runs(d, layer_of(d, SHAPE_AREA, d->theme->tint[TINT_IMPORT]),
		       10.001, &width),
		  12);
	check_int("blocks: two tariffs and export of three days", d->blocks, 9);
	check_int("style", d->block[0].style, BLOCK_GAP);
	check_int("style", d->block[5].style, BLOCK_UNFINISHED);
	check_int("named", d->missings, 1);
	check_text("its words", d->missing[0].text, "no readings 7–8 Nov");
	layers_free(d);
}

static void ticks_stand_where_the_day_is_to_come(void **state)
{
	struct figures *f = filled(11, 15);
	struct drawing *d = blank(900, 300);

	(void)state;
	f->compared.slots = EARLIER_SLOTS;
	for (int i = 0; i < EARLIER_SLOTS; i++) {
		f->compared.slot[i].known = i != 3;
		f->compared.slot[i].up = 12000;
		f->compared.slot[i].down = 3000;
	}
	plot(d, f);
	check_int("29 of 30 days, up and down", d->ticks, 58);
	check_near("up", d->tick[0].value, 12, 0.1);
	check_near("down", d->tick[1].value, -3, 0.1);
	assert_true(d->scale.high > 12);
	assert_true(d->tick[57].x > d->canvas.width * 28 / 30);
	layers_free(d);
}

static void days_of_other_lengths_have_labels_by_the_clock(void **state)
{
	static const struct {
		int month, day;
		const char *labels;
	} cases[] = {
		{ 6, 10, "00 02 04 06 08 10 12 14 16 18 20 22 24 " },
		{ 3, 29, "00 04 06 08 10 12 14 16 18 20 22 24 " },
		{ 10, 25, "00 02 02 04 06 08 10 12 14 16 18 20 22 24 " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct figures *f = figures_by_hand(
			0, RANGE_DAY, 2026, cases[i].month, cases[i].day);
		struct drawing *d = blank(900, 300);
		char text[256] = "";

		plot(d, f);
		for (size_t k = 0; k < d->labels; k++) {
			strcat(text, d->label[k].text);
			strcat(text, " ");
		}
		check_text(cases[i].labels, text, cases[i].labels);
		layers_free(d);
	}
}

static void a_week_says_the_energy_of_each_day(void **state)
{
	struct figures *f = figures_by_hand(0, RANGE_WEEK, 2026, 11, 28);
	struct drawing *d = blank(900, 300);

	(void)state;
	f->days.n = 2;
	for (int i = 0; i < 2; i++) {
		struct bar *b = &f->days.bar[i];

		b->consumed.start = f->q.range->start + i * DAY_S;
		set_amount(b, SERIES_IMPORT, 6400 + i);
		set_amount(b, SERIES_EXPORT, 940);
	}
	set_amount(&f->total, SERIES_EXPORT, 1880);
	plot(d, f);
	check_int("days", d->labels, 7);
	check_text("name", d->label[0].text, "Mon 23");
	check_text("import", d->label[0].second.piece[0].text, "6.4");
	check_text("export", d->label[0].second.piece[2].text, "0.9");
	check_int("nothing yet", d->label[2].second.n, 0);
	layers_free(d);
}

static void every_chart_can_be_plotted(void **state)
{
	static const int sizes[][2] = {
		{ 900, 300 },
		{ 450, 200 },
		{ 360, 150 },
		{ 4000, 3000 },
	};

	(void)state;
	for (size_t i = 0; i < chart_count; i++)
		for (size_t k = 0; k < COUNT(sizes); k++) {
			int subject = (int)(charts[i].subject - subjects);
			struct figures *f = figures_by_hand(
				subject, charts[i].range, 2026, 10, 25);
			struct drawing *d = blank(sizes[k][0], sizes[k][1]);

			plot(d, f);
			assert_ptr_equal(f->q.chart, &charts[i]);
			layers_free(d);
		}
	check_int("charts", chart_count, subject_count * RANGE_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_curve_goes_up_and_down_and_leaves_gaps),
		cmocka_unit_test(the_words_of_a_peak_are_on_the_free_side),
		cmocka_unit_test(large_powers_are_shown_in_kilowatts),
		cmocka_unit_test(a_usual_day_goes_on_all_day),
		cmocka_unit_test(bars_are_stacked_and_equally_wide),
		cmocka_unit_test(zero_and_the_tops_of_bars_are_edges_of_pixels),
		cmocka_unit_test(bars_in_gaps_and_unfinished_ones_are_blocks),
		cmocka_unit_test(ticks_stand_where_the_day_is_to_come),
		cmocka_unit_test(
			days_of_other_lengths_have_labels_by_the_clock),
		cmocka_unit_test(a_week_says_the_energy_of_each_day),
		cmocka_unit_test(every_chart_can_be_plotted),
	};

	return cmocka_run_group_tests_name("plot", tests, amsterdam, NULL);
}
