/* The text above a picture, without its markup. */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/localday.h"
#include "base/span.h"
#include "graphs/legend.h"

enum { MINUTE = 60 };

static int amsterdam(void **state)
{
	struct err e = { 0 };

	(void)state;
	return localday_use("Europe/Amsterdam", &e);
}

/* Remove the markup, and replace every kind of space by a plain one. */
static char *plain(char *text)
{
	char *out = text;

	for (const char *in = text; *in;) {
		if (*in == '<')
			in = strchr(in, '>') + 1;
		else if (strncmp(in, "\u202f", 3) == 0 ||
			 strncmp(in, "\u00a0", 2) == 0) {
			in += *in == '\xe2' ? 3 : 2;
			*out++ = ' ';
		} else
			*out++ = *in++;
	}
	*out = '\0';
	return text;
}

/* A chart, its day and its counts. */
struct scene {
	struct range range;
	struct bar total;
	struct legend_source src;
};

static void set(struct bar *b, enum series s, int64_t amount)
{
	b->consumed.have |= 1u << s;
	b->consumed.amount[s] = amount;
}

static struct scene *scene(int subject, enum range_kind kind)
{
	static struct scene s;
	struct civil date = { .year = 2026, .month = 6, .day = 10 };

	memset(&s, 0, sizeof(s));
	s.range = range_holding(kind, &date);
	s.src = (struct legend_source){
		.chart = chart_find(&subjects[subject], kind),
		.range = &s.range,
		.theme = theme_find("light"),
		.total = &s.total,
		.width = 900,
		.letters = 1,
	};
	return &s;
}

static void check_words(const char *name, char *is, const char *want)
{
	check_text(name, plain(is), want);
}

static void a_day_says_its_totals_to_the_wh(void **state)
{
	struct scene *s = scene(0, RANGE_DAY);
	static struct curve c;
	struct legend l = { 0 };

	(void)state;
	set(&s->total, SERIES_IMPORT, 1012345);
	set(&s->total, SERIES_IMPORT_T1, 3211);
	set(&s->total, SERIES_IMPORT_T2, 1009134);
	set(&s->total, SERIES_EXPORT, 7);
	c = (struct curve){ .start = s->range.start, .step = 300, .n = 288 };
	for (int i = 0; i < 24; i++)
		c.sample[i] = (struct sample){ SAMPLE_KNOWN, 10, 0, 130, -1 };
	c.sample[20].import_peak_w = 4812;
	for (int i = 24; i < 28; i++)
		c.sample[i].state = SAMPLE_GAP;
	legend_curve(&l, &s->src, &c);
	check_int("lines", l.lines, 2);
	check_words("title", l.line[0].left, "Wednesday 10 June 2026");
	check_words("totals", l.line[0].right,
		    "■ Import 1 012.345 kWh    ■ Export 0.007 kWh");
	check_words("curve", l.line[1].left,
		    "peak 4 812 W at 01:40   ·   lowest hour 120 W   ·   "
		    "average 120 W   ·   20 min without readings");
	check_words("tariffs", l.line[1].right,
		    "T1 3.211 kWh    T2 1 009.134 kWh");
}

static void what_is_not_there_is_not_said(void **state)
{
	struct scene *s = scene(0, RANGE_DAY);
	static struct curve c;
	struct legend l = { 0 };

	(void)state;
	set(&s->total, SERIES_IMPORT, 500);
	set(&s->total, SERIES_IMPORT_T1, 500);
	set(&s->total, SERIES_IMPORT_T2, 0);
	set(&s->total, SERIES_EXPORT, 0);
	s->total.guessed = true;
	c = (struct curve){ .start = s->range.start, .step = 300, .n = 288 };
	for (int i = 0; i < 288; i++)
		c.sample[i].state = SAMPLE_GAP;
	legend_curve(&l, &s->src, &c);
	check_words("no export", l.line[0].right, "■ Import 0.500 kWh");
	check_words("all a gap", l.line[1].left,
		    "24 h without readings   ·   totals interpolated");
	check_words("one tariff", l.line[1].right, "");
	legend_empty(&l, &s->src);
	check_int("lines", l.lines, 1);
	check_words("title", l.line[0].left, "Wednesday 10 June 2026");
}

static void narrow_pictures_say_less_below_one_another(void **state)
{
	struct scene *s = scene(0, RANGE_WEEK);
	static struct curve c;
	struct legend l = { 0 };

	(void)state;
	set(&s->total, SERIES_IMPORT, 500);
	set(&s->total, SERIES_EXPORT, 900);
	c = (struct curve){ .start = s->range.start, .step = 1800, .n = 336 };
	for (int i = 0; i < 336; i++)
		c.sample[i] = (struct sample){ SAMPLE_KNOWN, 50, 0, 130, -1 };
	s->src.narrow = true;
	legend_curve(&l, &s->src, &c);
	check_int("lines", l.lines, 3);
	check_words("title", l.line[0].left, "Week 24, 8 – 14 June 2026");
	check_words("totals", l.line[1].left,
		    "■ Import 0.500 kWh    ■ Export 0.900 kWh");
	check_words("curve", l.line[2].left,
		    "peak 130 W on Mon 00:00   ·   lowest hour 100 W");
	check_words("nothing right", l.line[1].right, "");
}

static void fill_days(struct bars *b, const struct range *r)
{
	memset(b, 0, sizeof(*b));
	b->n = 12;
	b->first = r->start;
	for (size_t i = 0; i < b->n; i++) {
		struct consumption *u = &b->bar[i].consumed;

		u->start = localday_day_start(2026, 6, 1 + (int)i);
		u->end = localday_day_start(2026, 6, 2 + (int)i);
		set(&b->bar[i], SERIES_IMPORT, 2000 + (int64_t)i * 7 % 11);
		set(&b->bar[i], SERIES_GAS, (int64_t)i * 5 % 12);
	}
	b->last = b->bar[11].consumed.end - HOUR_S;
}

static void bars_say_the_highest_and_lowest_that_are_over(void **state)
{
	struct scene *s = scene(0, RANGE_MONTH);
	static struct bars b;
	struct legend l = { 0 };

	(void)state;
	fill_days(&b, &s->range);
	set(&b.bar[11], SERIES_IMPORT, 5);
	b.bar[4].guessed = b.bar[5].guessed = true;
	set(&s->total, SERIES_IMPORT, 2114630);
	set(&s->total, SERIES_IMPORT_T1, 1529768);
	set(&s->total, SERIES_IMPORT_T2, 584862);
	legend_bars(&l, &s->src, &b);
	check_words("title", l.line[0].left, "June 2026");
	check_words("totals", l.line[0].right, "■ Import 2 114.630 kWh");
	check_words("bars", l.line[1].left,
		    "highest 2.010 kWh on Thu 4   ·   lowest 2.000 kWh on "
		    "Mon 1   ·   2 days interpolated");
	check_words("tariffs", l.line[1].right,
		    "■ T1 1 529.768 kWh    ■ T2 584.862 kWh");
}

static void each_medium_has_its_unit_and_decimals(void **state)
{
	static const struct {
		int subject;
		enum range_kind kind;
		enum series series;
		const char *total;
	} cases[] = {
		{ 1, RANGE_DAY, SERIES_GAS, "■ Gas 1 234.567 m³" },
		{ 1, RANGE_YEAR, SERIES_GAS, "■ Gas 1 234.567 m³" },
		{ 2, RANGE_DAY, SERIES_WATER, "■ Water 1 234 567 L" },
		{ 2, RANGE_MONTH, SERIES_WATER, "■ Water 1 234.567 m³" },
		{ 3, RANGE_WEEK, SERIES_WARM_WATER,
		  "■ Warm water 1 234.567 m³" },
		{ 4, RANGE_DAY, SERIES_HEAT, "■ Heat 1 234.567 GJ" },
		{ 5, RANGE_YEAR, SERIES_COLD, "■ Cold 1 234.567 GJ" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct scene *s = scene(cases[i].subject, cases[i].kind);
		static struct bars b;
		struct legend l = { 0 };

		fill_days(&b, &s->range);
		set(&s->total, cases[i].series, 1234567);
		legend_bars(&l, &s->src, &b);
		check_words(cases[i].total, l.line[0].right, cases[i].total);
	}
}

static void four_tariffs_and_great_numbers_fit(void **state)
{
	struct scene *s = scene(0, RANGE_YEAR);
	static struct bars b;
	struct legend l = { 0 };

	(void)state;
	fill_days(&b, &s->range);
	set(&s->total, SERIES_IMPORT, 987654321);
	set(&s->total, SERIES_EXPORT, 987654321);
	for (int i = 0; i < TARIFFS; i++)
		set(&s->total, (enum series)(SERIES_IMPORT_T1 + i), 123456789);
	legend_bars(&l, &s->src, &b);
	check_words("totals", l.line[0].right,
		    "■ Import 987 654.321 kWh    ■ Export 987 654.321 kWh");
	check_words("not beside", l.line[1].right, "");
	check_words("tariffs", l.line[2].left,
		    "T1 123 456.789 kWh    T2 123 456.789 kWh    "
		    "T3 123 456.789 kWh    T4 123 456.789 kWh");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_says_its_totals_to_the_wh),
		cmocka_unit_test(what_is_not_there_is_not_said),
		cmocka_unit_test(narrow_pictures_say_less_below_one_another),
		cmocka_unit_test(bars_say_the_highest_and_lowest_that_are_over),
		cmocka_unit_test(each_medium_has_its_unit_and_decimals),
		cmocka_unit_test(four_tariffs_and_great_numbers_fit),
	};

	return cmocka_run_group_tests_name("legend", tests, amsterdam, NULL);
}
