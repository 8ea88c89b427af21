/* A usual day, with means that were computed by hand. */
#include "storage/history/usual_day.h"
#include "tests/storage/clocked_fixture.h"

enum {
	HOUR_WH = 12 * STEP_WH, /* of hour 0; 12 more in each next one */
	DAY_WH = 24 * HOUR_WH + 12 * 276,
};

static struct usual_day usual(const struct db_fixture *h, const char *day,
			      const char *until)
{
	struct interpolation counters;
	struct usual_day u;
	struct err e = { 0 };
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(h->path, &db), SQLITE_OK);
	interpolation_open(&counters, db);
	must(usual_day_find(&u, db, &counters, span_of(day),
			    until ? at(until) : INT64_MAX, &e),
	     &e);
	interpolation_close(&counters);
	sqlite3_close(db);
	return u;
}

static void check_hours(const struct usual_day *u)
{
	for (int i = 0; i < USUAL_DAY_HOURS; i++) {
		assert_true(u->hour[i].have >> SERIES_IMPORT & 1);
		assert_int_equal(u->hour[i].amount[SERIES_IMPORT],
				 HOUR_WH + 12 * i);
	}
}

static void check_power(const struct usual_day *u, bool exports)
{
	for (int i = 0; i < USUAL_DAY_SLOTS; i++) {
		int hour = i / 12;
		bool sun = exports && hour >= NOON && hour < AFTERNOON;

		assert_true(u->known[i]);
		assert_int_equal(u->power_w[i],
				 12 * (STEP_WH + hour - (sun ? SUN_WH : 0)));
	}
}

static void it_is_the_mean_of_seven_days(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .gas = true, .exports = true };
	struct usual_day u;

	(void)state;
	db_fixture_new(&h);
	/* Each day 70 kWh more than the one before it, in one hour at night. */
	for (int d = 1; d <= 9; d++) {
		char from[UTC_TEXT], to[UTC_TEXT];

		snprintf(from, sizeof(from), "2026-06-%02dT22:00:00Z", d);
		snprintf(to, sizeof(to), "2026-06-%02dT21:55:00Z", d + 1);
		clocked_run(&c, from, to, NULL, NULL);
		clocked_count(&c, at(to));
		c.import_wh += 7 * d;
	}
	u = usual(&h, "2026-06-10", NULL);
	assert_int_equal(u.from, at("2026-06-02T22:00:00Z"));
	assert_int_equal(u.to, at("2026-06-09T22:00:00Z"));
	assert_int_equal(u.days[MEDIUM_ELECTRICITY], 7);
	assert_int_equal(u.days[MEDIUM_GAS], 7);
	assert_int_equal(u.days[MEDIUM_HEAT], 0);
	/* Days 2 to 8: 7 * 5 Wh in the mean, in the last step of the day. */
	assert_int_equal(u.whole.amount[SERIES_IMPORT], DAY_WH + 35);
	assert_int_equal(u.whole.amount[SERIES_EXPORT], 24 * SUN_WH);
	assert_int_equal(u.whole.amount[SERIES_GAS], 2400);
	assert_int_equal(u.hour[23].amount[SERIES_IMPORT],
			 HOUR_WH + 12 * 23 + 35);
	assert_int_equal(u.hour[13].amount[SERIES_EXPORT], 12 * SUN_WH);
	assert_int_equal(u.hour[14].amount[SERIES_EXPORT], 0);
	assert_int_equal(u.hour[5].amount[SERIES_GAS], 100);
	assert_int_equal(u.power_w[287], 12 * (STEP_WH + 23 + 35));
	assert_int_equal(u.power_w[12 * 12], 12 * (STEP_WH + 12 - SUN_WH));
	db_fixture_gone(&h);
}

static void sums_reach_to_a_time_of_day(void **state)
{
	static const struct {
		const char *until;
		int64_t import, gas;
	} cases[] = {
		{ "2026-06-01T12:00:00Z", 0, 0 },
		{ "2026-06-09T22:00:00Z", 0, 0 },
		/* 00:00 to 11:30: 11 hours, and half of the next. */
		{ "2026-06-10T09:30:00Z", 11 * 120 + 12 * 55 + 126, 1150 },
		{ "2026-06-10T22:00:00Z", DAY_WH, 2400 },
		{ "2027-06-10T22:00:00Z", DAY_WH, 2400 },
	};
	struct db_fixture h;
	struct clocked c = { &h, "M1", .gas = true };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-02T22:00:00Z", "2026-06-10T22:00:00Z", NULL,
		    NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct usual_day u = usual(&h, "2026-06-10", cases[i].until);

		assert_int_equal(u.until.amount[SERIES_IMPORT],
				 cases[i].import);
		assert_int_equal(u.until.amount[SERIES_GAS], cases[i].gas);
		assert_int_equal(u.whole.amount[SERIES_IMPORT], DAY_WH);
		assert_false(u.whole.have >> SERIES_EXPORT & 1);
		check_power(&u, false);
	}
	db_fixture_gone(&h);
}

/* A clock time that comes twice or not at all weighs the same as others. */
static void the_clock_changes(void **state)
{
	static const struct {
		const char *from, *to, *day, *until;
		int64_t whole, sum;
	} cases[] = {
		/* A day without hour 2; until 02:30 is 02:00 on it. */
		{ "2026-03-22T23:00:00Z", "2026-03-30T00:00:00Z", "2026-03-30",
		  "2026-03-30T00:30:00Z", (7 * DAY_WH - 144 + 3) / 7,
		  (7 * (120 + 132) + 6 * 72 + 3) / 7 },
		/* A day with two; the first 02:30 counts. */
		{ "2026-10-18T22:00:00Z", "2026-10-26T00:00:00Z", "2026-10-26",
		  "2026-10-26T01:30:00Z", (7 * DAY_WH + 144 + 3) / 7,
		  120 + 132 + 72 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct db_fixture h;
		struct clocked c = { &h, "M1", .exports = true };
		struct usual_day u;

		db_fixture_new(&h);
		clocked_run(&c, cases[i].from, cases[i].to, NULL, NULL);
		u = usual(&h, cases[i].day, cases[i].until);
		assert_int_equal(u.days[MEDIUM_ELECTRICITY], 7);
		check_hours(&u);
		check_power(&u, true);
		assert_int_equal(u.whole.amount[SERIES_IMPORT], cases[i].whole);
		assert_int_equal(u.until.amount[SERIES_IMPORT], cases[i].sum);
		db_fixture_gone(&h);
	}
}

/* The day before has another clock: the date itself changes it. */
static void the_date_is_that_of_the_change(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = true };
	struct usual_day u;

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-10-17T22:00:00Z", "2026-10-25T01:30:00Z", NULL,
		    NULL);
	/* The second 02:30, and so the same time of day. */
	u = usual(&h, "2026-10-25", "2026-10-25T01:30:00Z");
	assert_int_equal(u.until.amount[SERIES_IMPORT], 120 + 132 + 72);
	check_hours(&u);
	assert_int_equal(u.again, 2);
	assert_int_equal(usual(&h, "2026-10-24", NULL).again, -1);
	db_fixture_gone(&h);
}

/* Gas of 09:00, electricity of 09:55: each is compared to its own time. */
static void gas_counts_to_its_newest_reading(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .gas = true };
	struct usual_day u;

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-02T22:00:00Z", "2026-06-10T07:55:00Z", NULL,
		    NULL);
	u = usual(&h, "2026-06-10", "2026-06-10T08:00:00Z");
	assert_int_equal(u.until.amount[SERIES_GAS], 900);
	assert_int_equal(u.until.amount[SERIES_IMPORT], 10 * 120 + 12 * 45);
	db_fixture_gone(&h);
}

static void days_with_a_gap_do_not_count(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = true };
	struct usual_day u;

	(void)state;
	db_fixture_new(&h);
	/* Seven hours; 40 minutes; and an hour and a half over midnight. */
	clocked_run(&c, "2026-06-02T22:00:00Z", "2026-06-05T12:00:00Z",
		    "2026-06-04T10:00:00Z", "2026-06-04T17:00:00Z");
	clocked_run(&c, "2026-06-05T12:00:00Z", "2026-06-06T12:00:00Z",
		    "2026-06-05T18:00:00Z", "2026-06-05T18:40:00Z");
	clocked_run(&c, "2026-06-06T12:00:00Z", "2026-06-10T12:00:00Z",
		    "2026-06-06T21:00:00Z", "2026-06-06T22:30:00Z");
	u = usual(&h, "2026-06-10", NULL);
	assert_int_equal(u.days[MEDIUM_ELECTRICITY], 4);
	assert_int_equal(u.whole.amount[SERIES_IMPORT], DAY_WH);
	check_hours(&u);
	/* Three days of this week count, and only two of that one. */
	assert_int_equal(usual(&h, "2026-06-08", NULL).days[MEDIUM_ELECTRICITY],
			 0);
	db_fixture_gone(&h);
}

/* The history begins in the middle of a day. */
static void fewer_than_three_days_are_not_usual(void **state)
{
	static const struct {
		const char *day;
		int days;
	} cases[] = {
		{ "2025-01-01", 0 }, { "2026-06-05", 0 }, { "2026-06-08", 0 },
		{ "2026-06-09", 3 }, { "2026-06-12", 6 }, { "2026-06-13", 6 },
		{ "2026-06-16", 3 }, { "2026-06-17", 0 }, { "2031-06-17", 0 },
	};
	struct db_fixture h;
	struct clocked c = { &h, "M1", .gas = true };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-05T10:00:00Z", "2026-06-12T10:00:00Z", NULL,
		    NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct usual_day u = usual(&h, cases[i].day, NULL);

		assert_int_equal(u.days[MEDIUM_ELECTRICITY], cases[i].days);
		assert_int_equal(u.days[MEDIUM_GAS], cases[i].days);
		assert_int_equal(u.known[100], cases[i].days > 0);
		assert_int_equal(u.whole.have != 0, cases[i].days > 0);
		assert_int_equal(u.hour[3].have != 0, cases[i].days > 0);
	}
	db_fixture_gone(&h);
}

static void another_meter_goes_on(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", 5000000, .exports = true };
	struct usual_day u;

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-02T22:00:00Z", "2026-06-05T10:00:00Z", NULL,
		    NULL);
	c.meter = "M2";
	c.import_wh = c.export_wh = 0;
	clocked_run(&c, "2026-06-05T10:05:00Z", "2026-06-10T10:00:00Z", NULL,
		    NULL);
	u = usual(&h, "2026-06-10", NULL);
	assert_int_equal(u.days[MEDIUM_ELECTRICITY], 7);
	/* What was used while there was no meter nobody knows: 22 Wh. */
	assert_int_equal(u.whole.amount[SERIES_IMPORT],
			 (7 * DAY_WH - 22 + 3) / 7);
	assert_int_equal(u.whole.amount[SERIES_EXPORT],
			 (7 * 24 * SUN_WH - SUN_WH + 3) / 7);
	db_fixture_gone(&h);
}

static void an_empty_database_has_none(void **state)
{
	struct db_fixture h;
	struct usual_day u;

	(void)state;
	db_fixture_new(&h);
	u = usual(&h, "2026-06-10", NULL);
	for (int m = 0; m < MEDIUM_COUNT; m++)
		assert_int_equal(u.days[m], 0);
	assert_false(u.known[0]);
	db_fixture_gone(&h);
}

static int count_step(void *ctx)
{
	++*(long *)ctx;
	return 0;
}

/* SQLite's steps for a question, in hundreds. */
static long steps_of(const struct db_fixture *h, const char *day)
{
	struct interpolation counters;
	struct usual_day u;
	struct err e = { 0 };
	sqlite3 *db = NULL;
	long n = 0;

	assert_int_equal(sqlite3_open(h->path, &db), SQLITE_OK);
	sqlite3_progress_handler(db, 100, count_step, &n);
	interpolation_open(&counters, db);
	must(usual_day_find(&u, db, &counters, span_of(day), INT64_MAX, &e),
	     &e);
	assert_int_equal(u.days[MEDIUM_ELECTRICITY], 7);
	interpolation_close(&counters);
	sqlite3_close(db);
	return n;
}

static void a_longer_history_costs_no_more(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .gas = true, .exports = true };
	long before, early, late;

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-02T22:00:00Z", "2026-06-09T22:00:00Z", NULL,
		    NULL);
	before = steps_of(&h, "2026-06-10");
	clocked_run(&c, "2026-06-09T22:00:00Z", "2026-07-31T22:00:00Z", NULL,
		    NULL);
	early = steps_of(&h, "2026-06-10");
	late = steps_of(&h, "2026-08-01");
	assert_in_range(before, 500, 5000);
	assert_in_range(early, before * 9 / 10, before * 11 / 10);
	assert_in_range(late, before * 9 / 10, before * 11 / 10);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_the_mean_of_seven_days),
		cmocka_unit_test(sums_reach_to_a_time_of_day),
		cmocka_unit_test(the_clock_changes),
		cmocka_unit_test(the_date_is_that_of_the_change),
		cmocka_unit_test(gas_counts_to_its_newest_reading),
		cmocka_unit_test(days_with_a_gap_do_not_count),
		cmocka_unit_test(fewer_than_three_days_are_not_usual),
		cmocka_unit_test(another_meter_goes_on),
		cmocka_unit_test(an_empty_database_has_none),
		cmocka_unit_test(a_longer_history_costs_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
