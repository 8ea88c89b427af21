#include "tests/check.h"

#include "base/span.h"
#include "rrd/steps.h"
#include "tests/rrd/fake_history.h"

enum { T = 1700000100 }; /* a boundary */

enum { UNKNOWN = -1, MOST = 8 };

static void boundaries(void **state)
{
	(void)state;
	check_int("on it", steps_boundary(T), T);
	check_int("behind it", steps_boundary(T + 299), T);
	check_int("before 1970", steps_boundary(-1), -300);
}

/* The contents of the steps from T on, for a few readings. */
static void steps(void **state)
{
	static const struct {
		const char *name;
		enum medium medium;
		struct fake_reading r[MOST]; /* ts from T on */
		int64_t want[MOST];	     /* amounts; -2: no more steps */
					     /* clang-format off */
	} cases[] = {
		{ "on the boundaries", MEDIUM_ELECTRICITY,
		  { { 0, 100, -1 }, { 300, 125, -1 }, { 600, 135, -1 } },
		  { 25, 10, -2 } },
		{ "beside them", MEDIUM_ELECTRICITY,
		  { { -20, 100, -1 }, { 280, 400, -1 }, { 580, 700, -1 },
		    { 620, 800, -1 } },
		  { 300, 330, -2 } },
		{ "the last boundary waits", MEDIUM_ELECTRICITY,
		  { { 0, 100, -1 }, { 299, 125, -1 } },
		  { -2 } },
		{ "the first step is what was seen of it", MEDIUM_ELECTRICITY,
		  { { 200, 100, -1 }, { 300, 125, -1 }, { 600, 135, -1 } },
		  { 25, 10, -2 } },
		{ "two missed runs of cron are not", MEDIUM_ELECTRICITY,
		  { { 0, 0, -1 }, { 900, 90, -1 } },
		  { 30, 30, 30, -2 } },
		{ "a gap", MEDIUM_ELECTRICITY,
		  { { 0, 0, -1 }, { 300, 30, -1 }, { 1560, 90, -1 },
		    { 1800, 99, -1 } },
		  { 30, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, -2 } },
		{ "gas once an hour", MEDIUM_GAS,
		  { { 0, 0, -1 }, { 1800, 1200, -1 } },
		  { 200, 200, 200, 200, 200, 200, -2 } },
		{ "a counter that runs backwards", MEDIUM_ELECTRICITY,
		  { { 0, 100, -1 }, { 300, 90, -1 }, { 600, 95, -1 } },
		  { UNKNOWN, 5, -2 } },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct fake_reading *r = cases[i].r;
		enum series s = cases[i].medium == MEDIUM_GAS ? SERIES_GAS
							      : SERIES_IMPORT;
		struct steps f;
		struct step got;
		struct err e;
		int rc;

		fake_clear();
		for (int k = 0; k == 0 || r[k].ts > r[k - 1].ts; k++)
			fake_put(cases[i].medium, T + r[k].ts, r[k].counter,
				 -1);
		check_int(cases[i].name,
			  steps_begin(&f, &fake, cases[i].medium, T, &e), 1);
		for (int k = 0;; k++) {
			rc = steps_next(&f, &got, &e);
			check_int(cases[i].name, rc, cases[i].want[k] != -2);
			if (rc == 0)
				break;
			check_int(cases[i].name, got.t, T + 300 * (k + 1));
			check_int(cases[i].name,
				  got.have >> s & 1 ? got.amount[s] : UNKNOWN,
				  cases[i].want[k]);
		}
	}
}

/* Count the unknown steps. */
static int unknown_steps(enum medium m, enum series s)
{
	struct steps f;
	struct step got;
	struct err e;
	int unknown = 0;

	steps_begin(&f, &fake, m, T, &e);
	while (steps_next(&f, &got, &e) > 0)
		unknown += !(got.have >> s & 1);
	return unknown;
}

static void readings_that_come_seldom_have_no_gaps(void **state)
{
	(void)state;
	fake_clear();
	for (int i = 0; i <= 24; i++)
		fake_put(MEDIUM_ELECTRICITY, T + 3600 * i, 100 * i, -1);
	/* After three hours, one reading an hour is usual. */
	check_int("hourly", unknown_steps(MEDIUM_ELECTRICITY, SERIES_IMPORT),
		  36);
	fake_clear();
	for (int i = 0; i <= 10; i++)
		fake_put(MEDIUM_GAS, T + 86400 * i, 100 * i, -1);
	check_int("daily", unknown_steps(MEDIUM_GAS, SERIES_GAS), 3 * 288);
}

static void one_reading_amid_an_outage_does_not_hide_it(void **state)
{
	int64_t t = T;

	(void)state;
	fake_clear();
	for (; t <= T + 86400; t += 300)
		fake_put(MEDIUM_ELECTRICITY, t, t - T, -1);
	fake_put(MEDIUM_ELECTRICITY, T + 2 * 86400, t - T, -1);
	for (t = T + 3 * 86400; t <= T + 4 * 86400; t += 300)
		fake_put(MEDIUM_ELECTRICITY, t, t - T, -1);
	check_int("outage", unknown_steps(MEDIUM_ELECTRICITY, SERIES_IMPORT),
		  2 * 288);
}

/* Steps do not depend on later readings. */
static void steps_stay_as_they_were(void **state)
{
	struct steps f;
	struct step early[60], late;
	struct err e;
	int n = 0, rc;

	(void)state;
	fake_clear();
	fake_put(MEDIUM_ELECTRICITY, T + 7, 0, -1);
	steps_begin(&f, &fake, MEDIUM_ELECTRICITY, T, &e);
	for (int i = 1; i < 40; i++) {
		fake_put(MEDIUM_ELECTRICITY, T + 7 + i * 311 + 900 * (i / 9),
			 i * i, i);
		f.last = T + 7 + i * 311 + 900 * (i / 9);
		while ((rc = steps_next(&f, &early[n], &e)) > 0)
			n++;
	}
	steps_begin(&f, &fake, MEDIUM_ELECTRICITY, T, &e);
	for (int i = 0; i < n; i++) {
		check_int("still there", steps_next(&f, &late, &e), 1);
		assert_memory_equal(&late, &early[i], sizeof(late));
	}
	check_int("no more", steps_next(&f, &late, &e), 0);
}

/* A reading of 2008 before those of today costs one step and a few queries. */
static void years_between_two_readings_cost_nothing(void **state)
{
	const int64_t years = INT64_C(18) * 365 * 86400;
	const int64_t ends[] = { 300, 600, years, 300 + years, 600 + years };
	struct step s = { 0 };
	struct steps f;
	struct err e = { 0 };
	size_t n = 0;

	(void)state;
	fake_clear();
	fake_put(MEDIUM_ELECTRICITY, T, 0, 7);
	fake_put(MEDIUM_ELECTRICITY, T + 300, 10, 7);
	fake_put(MEDIUM_ELECTRICITY, T + 300 + years, 20, 7);
	fake_put(MEDIUM_ELECTRICITY, T + 600 + years, 30, 7);
	check_int("begin", steps_begin(&f, &fake, MEDIUM_ELECTRICITY, T, &e),
		  1);
	while (steps_next(&f, &s, &e) > 0 && n < COUNT(ends)) {
		check_int("end", s.t, T + ends[n]);
		check_int("known", s.have != 0, n == 0 || n == 4);
		n++;
	}
	check_int("steps", (int64_t)n, COUNT(ends));
	check_int("the last step", s.amount[SERIES_IMPORT], 10);
	if (fake.asked > 20)
		fail_msg("%d questions", fake.asked);
}

static void peaks(void **state)
{
	/* Readings, and the peaks of the steps from T on. */
	static const struct {
		const char *name;
		struct fake_reading r[MOST];
		int64_t want[MOST];
	} cases[] = {
		{ "in the step",
		  { { 0, 0, 100 },
		    { 10, 0, 9000 },
		    { 20, 0, 300 },
		    { 600, 0, 50 },
		    { 610, 0, 70 } },
		  { 9000, 50, -2 } },
		{ "none in the step",
		  { { 0, 0, 100 },
		    { 298, 0, 150 },
		    { 601, 0, 900 },
		    { 902, 0, 250 } },
		  { 150, 900, 900, -2 } },
		{ "seen before a gap, and behind it",
		  { { 0, 0, 100 },
		    { 10, 0, 9000 },
		    { 1795, 0, 300 },
		    { 1800, 0, 50 } },
		  { 9000, -1, -1, -1, -1, 300, -2 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct fake_reading *r = cases[i].r;
		struct steps f;
		struct step got;
		struct err e;
		int k = 0;

		fake_clear();
		for (; k == 0 || r[k].ts > r[k - 1].ts; k++)
			fake_put(MEDIUM_ELECTRICITY, T + r[k].ts, 0, r[k].peak);
		steps_begin(&f, &fake, MEDIUM_ELECTRICITY, T, &e);
		for (k = 0; steps_next(&f, &got, &e) > 0; k++)
			check_int(cases[i].name, got.peak[PEAK_IMPORT],
				  cases[i].want[k]);
		check_int(cases[i].name, cases[i].want[k], -2);
	}
}

static void values(void **state)
{
	struct step s = { .have = UINT32_C(1) << SERIES_IMPORT,
			  .amount = { [SERIES_IMPORT] = 25 },
			  .peak = { 9000, -1 } };

	(void)state;
	check_int("W", steps_value(&s, &columns[COLUMN_IMPORT]), 300);
	check_int("unknown", steps_value(&s, &columns[COLUMN_EXPORT]), -1);
	check_int("peak", steps_value(&s, &columns[COLUMN_IMPORT_MAX]), 9000);
	check_int("none", steps_value(&s, &columns[COLUMN_EXPORT_MAX]), -1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(boundaries),
		cmocka_unit_test(steps),
		cmocka_unit_test(readings_that_come_seldom_have_no_gaps),
		cmocka_unit_test(one_reading_amid_an_outage_does_not_hide_it),
		cmocka_unit_test(steps_stay_as_they_were),
		cmocka_unit_test(years_between_two_readings_cost_nothing),
		cmocka_unit_test(peaks),
		cmocka_unit_test(values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
