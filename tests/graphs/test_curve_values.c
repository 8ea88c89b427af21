/* Samples from counters: known ones, gaps, and those in the future. */
#include "tests/check.h"

#include "base/localday.h"
#include "graphs/curve_values.h"
#include "tests/graphs/straight_history.h"

enum { MINUTE = 60 };

/* Local midnights of Amsterdam. */
enum {
	SHORT_DAY = 1774738800, /* 2026-03-29 */
	LONG_DAY = 1792879200,	/* 2026-10-25 */
	PLAIN_DAY = 1781042400, /* 2026-06-10 */
};

static int amsterdam(void **state)
{
	struct err e = { 0 };

	(void)state;
	return localday_use("Europe/Amsterdam", &e);
}

/* A meter that is read long before and long after that day. */
static struct history steady(int64_t day)
{
	return (struct history){
		.first = day - 10 * DAY_S,
		.last = day + 10 * DAY_S,
		.every = 10,
		.import_w = 600,
	};
}

static struct curve load(struct history *h, enum range_kind kind, int64_t day,
			 int64_t now)
{
	struct civil date = localday_civil(day);
	struct range r = range_holding(kind, &date);
	struct err e = { 0 };
	struct curve c;

	if (curve_values_load(h, chart_find(&subjects[0], kind), &r, now, &c,
			      &e) < 0)
		fail_msg("%s", e.text);
	return c;
}

static void days_have_276_288_or_300_steps(void **state)
{
	static const struct {
		const char *name;
		enum range_kind kind;
		int64_t day, step;
		int steps;
	} cases[] = {
		{ "a day", RANGE_DAY, PLAIN_DAY, 300, 288 },
		{ "23 hours", RANGE_DAY, SHORT_DAY, 300, 276 },
		{ "25 hours", RANGE_DAY, LONG_DAY, 300, 300 },
		{ "a week", RANGE_WEEK, PLAIN_DAY, 900, 672 },
		{ "167 hours", RANGE_WEEK, SHORT_DAY, 900, 668 },
		{ "169 hours", RANGE_WEEK, LONG_DAY, 900, 676 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct history h = steady(cases[i].day);
		struct curve c = load(&h, cases[i].kind, cases[i].day,
				      cases[i].day + 30 * DAY_S);
		int64_t sum = 0;

		check_int(cases[i].name, c.n, cases[i].steps);
		check_int(cases[i].name, curve_values_count(&c, SAMPLE_KNOWN),
			  c.n);
		for (size_t s = 0; s < c.n; s++)
			sum += c.sample[s].import_wh;
		check_int(cases[i].name, sum,
			  600 * (int64_t)c.n * cases[i].step / HOUR_S);
		check_int(
			cases[i].name,
			curve_values_power(&c.sample[7], c.sample[7].import_wh),
			600);
	}
}

static void gaps_are_gaps(void **state)
{
	static const struct {
		const char *name;
		int64_t from, to; /* without readings, since midnight */
		int gaps;	  /* steps of 5 minutes */
	} cases[] = {
		{ "none", 0, 0, 0 },
		{ "15 minutes are not a gap", HOUR_S, HOUR_S + 15 * MINUTE, 0 },
		{ "16 minutes", HOUR_S, HOUR_S + 16 * MINUTE, 4 },
		{ "an hour", HOUR_S, 2 * HOUR_S, 12 },
		{ "not on the steps", HOUR_S + 10, 2 * HOUR_S + 10, 13 },
		{ "over midnight", -2 * HOUR_S, HOUR_S, 12 },
		{ "the whole day", -HOUR_S, DAY_S + HOUR_S, 288 },
		{ "most of the day", 2 * HOUR_S, 23 * HOUR_S, 252 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct history h = steady(PLAIN_DAY);
		struct curve c;

		h.hole[0].from = PLAIN_DAY + cases[i].from;
		h.hole[0].to = PLAIN_DAY + cases[i].to;
		c = load(&h, RANGE_DAY, PLAIN_DAY, PLAIN_DAY + 20 * DAY_S);
		check_int(cases[i].name, c.step, 300);
		check_int(cases[i].name, curve_values_count(&c, SAMPLE_GAP),
			  cases[i].gaps);
		check_int(cases[i].name, curve_values_count(&c, SAMPLE_KNOWN),
			  288 - cases[i].gaps);
	}
}

static void what_is_not_yet_is_blank(void **state)
{
	static const struct {
		const char *name;
		int64_t first, last, now; /* since midnight */
		int known, gaps;
	} cases[] = {
		{ "six in the morning", -DAY_S, 6 * HOUR_S, 6 * HOUR_S + 60, 72,
		  0 },
		{ "amid a step", -DAY_S, 6 * HOUR_S + 100, 6 * HOUR_S + 110, 73,
		  0 },
		{ "at its start", -DAY_S, 6 * HOUR_S + 50, 6 * HOUR_S + 60, 72,
		  0 },
		{ "commits wait", -DAY_S, 6 * HOUR_S, 6 * HOUR_S + 15 * MINUTE,
		  72, 0 },
		{ "dead for an hour", -DAY_S, 6 * HOUR_S, 7 * HOUR_S, 72, 12 },
		{ "ended that day", -DAY_S, 6 * HOUR_S, 9 * DAY_S, 72, 216 },
		{ "began that day", 6 * HOUR_S, 3 * DAY_S, 3 * DAY_S, 216, 0 },
		{ "began later", 30 * HOUR_S, 3 * DAY_S, 3 * DAY_S, 0, 0 },
		{ "ended before", -3 * DAY_S, -2 * DAY_S, 9 * DAY_S, 0, 288 },
		{ "never was", 0, 0, 9 * DAY_S, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct history h = steady(PLAIN_DAY);
		struct curve c;

		h.first = PLAIN_DAY + cases[i].first;
		h.last = PLAIN_DAY + cases[i].last;
		c = load(&h, RANGE_DAY, PLAIN_DAY, PLAIN_DAY + cases[i].now);
		check_int(cases[i].name, curve_values_count(&c, SAMPLE_KNOWN),
			  cases[i].known);
		check_int(cases[i].name, curve_values_count(&c, SAMPLE_GAP),
			  cases[i].gaps);
		check_int(cases[i].name, curve_values_count(&c, SAMPLE_BLANK),
			  288 - cases[i].known - cases[i].gaps);
	}
}

static void an_hourly_journal_is_drawn_by_the_hour(void **state)
{
	struct history h = steady(PLAIN_DAY);
	struct curve c;

	(void)state;
	h.every = HOUR_S;
	c = load(&h, RANGE_DAY, PLAIN_DAY, PLAIN_DAY + 20 * DAY_S);
	check_int("step", c.step, HOUR_S);
	check_int("known", curve_values_count(&c, SAMPLE_KNOWN), 24);
	check_int("power",
		  curve_values_power(&c.sample[3], c.sample[3].import_wh), 600);
}

static void a_gap_has_its_ends_and_its_energy(void **state)
{
	static const struct {
		const char *name;
		int64_t from, to, last; /* since midnight */
		int64_t wh;
	} cases[] = {
		{ "within the day", 9 * HOUR_S + 70, 11 * HOUR_S + 40,
		  5 * DAY_S, 600 * (2 * HOUR_S - 30) / HOUR_S },
		{ "from the day before", -2 * HOUR_S, HOUR_S, 5 * DAY_S, 1800 },
		{ "into the next", 20 * HOUR_S, 30 * HOUR_S, 5 * DAY_S, 6000 },
		{ "it goes on", 0, 0, 8 * HOUR_S, -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct history h = steady(PLAIN_DAY);
		bool open = cases[i].to == 0;
		int64_t now = PLAIN_DAY + (open ? 10 * HOUR_S : 6 * DAY_S);
		struct curve c;

		h.last = PLAIN_DAY + cases[i].last;
		h.hole[0].from = PLAIN_DAY + cases[i].from;
		h.hole[0].to = PLAIN_DAY + cases[i].to;
		c = load(&h, RANGE_DAY, PLAIN_DAY, now);
		check_int(cases[i].name, c.gaps, 1);
		check_int(cases[i].name, c.gap[0].from,
			  open ? h.last : h.hole[0].from);
		check_int(cases[i].name, c.gap[0].to,
			  open ? now : h.hole[0].to);
		check_int(cases[i].name, c.gap[0].import_wh, cases[i].wh);
	}
}

static void the_step_that_goes_on_has_its_true_power(void **state)
{
	struct history h = steady(PLAIN_DAY);
	struct curve c;

	(void)state;
	h.last = PLAIN_DAY + 6 * HOUR_S + 120;
	c = load(&h, RANGE_DAY, PLAIN_DAY, h.last + 5);
	check_int("seconds", c.sample[72].seconds, 120);
	check_int("energy", c.sample[72].import_wh, 20);
	check_int("power", curve_values_power(&c.sample[72], 20), 600);
}

static void a_peak_at_the_end_of_a_step_is_in_it(void **state)
{
	struct history h = steady(PLAIN_DAY);
	struct curve c;

	(void)state;
	h.peak_at = PLAIN_DAY + 8 * HOUR_S + 15 * MINUTE;
	h.peak_w = 2303;
	c = load(&h, RANGE_DAY, PLAIN_DAY, PLAIN_DAY + 20 * DAY_S);
	check_int("peak", c.peak_w, 2303);
	check_int("time", c.peak_at, h.peak_at);
}

static void the_peak_is_the_true_one_and_has_its_time(void **state)
{
	static const enum range_kind kinds[] = { RANGE_DAY, RANGE_WEEK };

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct history h = steady(PLAIN_DAY);
		const char *name = range_names[kinds[i]];
		struct curve c;

		h.peak_at = PLAIN_DAY + 18 * HOUR_S + 37 * MINUTE;
		h.peak_w = 4812;
		c = load(&h, kinds[i], PLAIN_DAY, PLAIN_DAY + 20 * DAY_S);
		check_int(name, c.peak_w, 4812);
		check_int(name, c.peak_at, h.peak_at);
		h.hole[0].from = PLAIN_DAY + 18 * HOUR_S;
		h.hole[0].to = PLAIN_DAY + 19 * HOUR_S;
		c = load(&h, kinds[i], PLAIN_DAY, PLAIN_DAY + 20 * DAY_S);
		check_int("in a gap", c.peak_w, 600);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_have_276_288_or_300_steps),
		cmocka_unit_test(gaps_are_gaps),
		cmocka_unit_test(what_is_not_yet_is_blank),
		cmocka_unit_test(an_hourly_journal_is_drawn_by_the_hour),
		cmocka_unit_test(the_peak_is_the_true_one_and_has_its_time),
		cmocka_unit_test(a_peak_at_the_end_of_a_step_is_in_it),
		cmocka_unit_test(a_gap_has_its_ends_and_its_energy),
		cmocka_unit_test(the_step_that_goes_on_has_its_true_power),
	};

	return cmocka_run_group_tests_name("curve", tests, amsterdam, NULL);
}
