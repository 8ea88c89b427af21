/* The head of a picture: totals, comparison and legend in words. */
#include "tests/check.h"

#include <stdio.h>

#include "base/span.h"
#include "graphs/head_text.h"
#include "tests/graphs/figures_by_hand.h"
#include "tests/graphs/plain_text.h"

static int amsterdam(void **state)
{
	struct err e = { 0 };

	(void)state;
	return localday_use("Europe/Amsterdam", &e);
}

static void check(const char *name, const char *is, const char *want)
{
	char text[256];

	check_text(name, plain_text(text, is), want);
}

static void check_text_line(const char *name, const struct text_line *r,
			    const char *want)
{
	char text[256] = "";

	for (size_t i = 0; i < r->n; i++)
		strncat(text, r->piece[i].text,
			sizeof(text) - strlen(text) - 1);
	check(name, text, want);
}

/* All words of the legend, separated by '|'. */
static void check_keys(const char *name, const struct head *h, const char *want)
{
	char text[256] = "";

	for (size_t i = 0; i < h->keys; i++) {
		strncat(text, i > 0 ? "|" : "", 2);
		strncat(text, h->key[i].word, sizeof(text) - strlen(text) - 2);
	}
	check(name, text, want);
}

static struct figures *a_day(void)
{
	struct figures *f = figures_by_hand(0, RANGE_DAY, 2026, 11, 27);

	set_amount(&f->total, SERIES_IMPORT, 6857);
	set_amount(&f->total, SERIES_IMPORT_T1, 1311);
	set_amount(&f->total, SERIES_IMPORT_T2, 5546);
	set_amount(&f->total, SERIES_EXPORT, 2158);
	for (size_t i = 0; i < 24; i++)
		f->curve.sample[i] = known_sample(300, 12, 0, 150);
	f->standby_w = 144;
	f->curve.peak_w = 3210;
	f->curve.peak_at = f->q.range->start + 18 * HOUR_S + 15 * 60;
	f->curve.gaps = 1;
	f->curve.gap[0].from = f->q.range->start + 12 * HOUR_S;
	f->curve.gap[0].to = f->q.range->start + 13 * HOUR_S;
	f->priced = true;
	f->cost = 2603000000;
	f->compared.sums = f->compared.usual_power = true;
	f->compared.now = 6857;
	f->compared.before = 7450;
	f->compared.from = f->q.range->start;
	f->compared.to = f->q.range->end;
	return f;
}

static void a_day_says_all_that_is_known_of_it(void **state)
{
	struct figures *f = a_day();
	struct head h = { 0 };

	(void)state;
	head_text(&h, f);
	check("title", h.title, "Friday 27 November 2026");
	check("short", h.short_title, "Fri 27 Nov");
	check_text_line(
		"sums", &h.sums,
		"6.86_kWh from the grid   2.16_kWh to the grid   €2.60");
	check_text_line("short", &h.short_sums, "6.86_kWh   2.16_kWh   €2.60");
	check("left", h.left, "standby 144_W · low 1.31 · normal 5.55_kWh");
	check("right", h.right, "8_% less than a usual day (7.45)");
	check("peak", h.peak, "3.21_kW at 18:15 · no readings 12:00–13:00");
	check_keys("legend", &h,
		   "from the grid, mean of 5 min|highest within|to the grid|"
		   "usual day (mean of 7)|no readings");
}

static void a_day_in_dutch(void **state)
{
	struct figures *f = a_day();
	struct head h = { 0 };

	(void)state;
	f->q.words = picture_words_find("nl");
	f->order = TARIFF_DAY_NIGHT;
	f->q.now = f->compared.to = f->q.range->start + 19 * HOUR_S + 24 * 60;
	head_text(&h, f);
	check("title", h.title, "Vrijdag 27 november 2026");
	check_text_line("sums", &h.sums,
			"6,86_kWh afname   2,16_kWh teruglevering   €_2,60");
	check("left", h.left,
	      "sluipverbruik 144_W · nacht 5,55 · dag 1,31_kWh");
	check("right", h.right,
	      "tot 19:24: 8_% minder dan een gewone dag (7,45)");
	check_keys("legend", &h,
		   "afname, gemiddeld per 5 min|hoogste in die tijd|"
		   "teruglevering|gewone dag (gemiddelde van 7)|geen metingen");
}

static void what_is_not_there_is_not_said(void **state)
{
	struct figures *f = figures_by_hand(0, RANGE_DAY, 2026, 11, 27);
	struct head h = { 0 };

	(void)state;
	set_amount(&f->total, SERIES_IMPORT, 500);
	set_amount(&f->total, SERIES_IMPORT_T1, 500);
	set_amount(&f->total, SERIES_IMPORT_T2, 0);
	set_amount(&f->total, SERIES_EXPORT, 0);
	f->curve.peak_w = -1;
	head_text(&h, f);
	check_text_line("sums", &h.sums, "0.50_kWh from the grid");
	check("left", h.left, "");
	check("right", h.right, "");
	check("peak", h.peak, "");
	check_keys("legend", &h, "from the grid, mean of 5 min");
	head_text_title(&h, f);
	check("title", h.title, "Friday 27 November 2026");
}

static void comparisons_say_their_span_and_both_numbers(void **state)
{
	static const struct {
		enum range_kind kind;
		int from, to; /* days of the range; 0: its end */
		int64_t now, before;
		const char *en, *nl;
		/* clang-format off */
	} cases[] = {
		{ RANGE_WEEK, 0, 5, 33500, 32200,
		  "Mon–Fri: 4_% more than the week before (33.5 against 32.2)",
		  "ma–vr: 4_% meer dan de week ervoor (33,5 tegen 32,2)" },
		{ RANGE_MONTH, 0, 27, 186700, 200400,
		  "1–27 Nov: 7_% less than November 2025 (186.7 against 200.4)",
		  "1–27 nov: 7_% minder dan november 2025 (186,7 tegen 200,4)" },
		{ RANGE_MONTH, 0, 0, 200000, 200400,
		  "the same as November 2025 (200.0 against 200.4)",
		  "gelijk aan november 2025 (200,0 tegen 200,4)" },
		{ RANGE_YEAR, 151, 331, 1909000, 962000,
		  "1 Jun–27 Nov: 98_% more than 2025 (1 909 against 962)",
		  "1 jun–27 nov: 98_% meer dan 2025 (1 909 tegen 962)" },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct figures *f =
			figures_by_hand(0, cases[i].kind, 2026, 11, 24);
		struct earlier_period *c = &f->compared;
		struct civil d = localday_civil(f->q.range->start);
		struct head h = { 0 };

		c->sums = true;
		c->from = localday_day_start(d.year, d.month,
					     d.day + cases[i].from);
		c->to = cases[i].to == 0
				? f->q.range->end
				: localday_day_start(d.year, d.month,
						     d.day + cases[i].to);
		c->now = cases[i].now;
		c->before = cases[i].before;
		head_text(&h, f);
		check(cases[i].en, h.right, cases[i].en);
		f->q.words = picture_words_find("nl");
		head_text(&h, f);
		check(cases[i].nl, h.right, cases[i].nl);
	}
}

static void bars_have_a_legend_of_their_marks(void **state)
{
	struct figures *f = figures_by_hand(0, RANGE_MONTH, 2026, 11, 1);
	struct head h = { 0 };
	struct bar *b = f->bars.bar;

	(void)state;
	set_amount(&f->total, SERIES_IMPORT, 192400);
	set_amount(&f->total, SERIES_IMPORT_T1, 86600);
	set_amount(&f->total, SERIES_IMPORT_T2, 105800);
	set_amount(&f->total, SERIES_EXPORT, 39200);
	f->q.now = f->q.range->start + DAY_S + HOUR_S;
	f->bars.n = 2;
	for (int i = 0; i < 2; i++) {
		b[i].consumed.start = f->q.range->start + i * DAY_S;
		b[i].consumed.end = f->q.range->start + (i + 1) * DAY_S;
		set_amount(&b[i], SERIES_IMPORT, 5000);
	}
	b[0].guessed = true;
	f->compared.slots = 30;
	head_text(&h, f);
	check("left", h.left, "low 86.6 · normal 105.8_kWh");
	check_keys("all", &h,
		   "from the grid, normal|from the grid, low|to the grid|"
		   "not finished|no readings: only the total is known|"
		   "November 2025");
	b[0].guessed = false;
	f->q.now = f->q.range->end;
	f->compared.slots = 0;
	set_amount(&f->total, SERIES_IMPORT_T1, 0);
	set_amount(&f->total, SERIES_EXPORT, 0);
	head_text(&h, f);
	check_keys("one", &h, "from the grid");
}

static void a_medium_is_named_in_the_title(void **state)
{
	struct figures *f = figures_by_hand(1, RANGE_DAY, 2026, 11, 27);
	struct head h = { 0 };

	(void)state;
	set_amount(&f->total, SERIES_GAS, 3804);
	head_text(&h, f);
	check("title", h.title, "Gas, Friday 27 November 2026");
	check_text_line("sums", &h.sums, "3.80_m³");
	check_keys("legend", &h, "gas, per hour");
	f->q.words = picture_words_find("nl");
	head_text_nothing(&h, f);
	check("title", h.title, "Gas, vrijdag 27 november 2026");
	check_keys("legend", &h, "");
}

/* A struct of words holds texts only, besides its decimal point. */
static void every_language_has_every_word(void **state)
{
	const struct picture_words *languages[] = { picture_words_find("en"),
						    picture_words_find("nl") };

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		const struct picture_words *w = languages[i];
		const char *const *first = &w->medium[0];
		const char *const *last = &w->begins;
		int missing = 0;

		for (const char *const *text = first; text <= last; text++)
			missing += *text == NULL;
		/* Media that are not counted have no words: 1 of 7, 4 lists. */
		check_int(w->code, missing, 4);
		assert_ptr_equal(picture_words_of((int)i), w);
		assert_string_equal(w->dates->code, w->code);
	}
	assert_null(picture_words_find("de"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_says_all_that_is_known_of_it),
		cmocka_unit_test(a_day_in_dutch),
		cmocka_unit_test(what_is_not_there_is_not_said),
		cmocka_unit_test(comparisons_say_their_span_and_both_numbers),
		cmocka_unit_test(bars_have_a_legend_of_their_marks),
		cmocka_unit_test(a_medium_is_named_in_the_title),
		cmocka_unit_test(every_language_has_every_word),
	};

	return cmocka_run_group_tests_name("head_text", tests, amsterdam, NULL);
}
