/* Quarters of an hour on the clock, and the peaks of months. */
#include "storage/history/highest_power.h"
#include "storage/history/month_peaks.h"
#include "storage/history/quarters.h"
#include "tests/storage/clocked_fixture.h"

struct reader {
	sqlite3 *db;
	struct interpolation counters;
	struct energy_curve curve;
	struct err e;
};

static void reader_open(struct reader *r, const struct db_fixture *h)
{
	*r = (struct reader){ 0 };
	assert_int_equal(sqlite3_open(h->path, &r->db), SQLITE_OK);
	interpolation_open(&r->counters, r->db);
	energy_curve_open(&r->curve, r->db, &r->counters);
}

static void reader_close(struct reader *r)
{
	energy_curve_close(&r->curve);
	interpolation_close(&r->counters);
	sqlite3_close(r->db);
}

enum which { HIGHEST, LOWEST };

/* "" as a start: none is known. */
static void check(const struct db_fixture *h, enum which which,
		  const char *from, const char *to, const char *start,
		  int64_t wh)
{
	struct quarter q;
	struct reader r;

	reader_open(&r, h);
	if (which == HIGHEST)
		must(quarters_highest(&r.curve, at(from), at(to), &q, &r.e),
		     &r.e);
	else
		must(quarters_lowest(&r.curve, at(from), at(to), &q, &r.e),
		     &r.e);
	reader_close(&r);
	check_int(from, q.known, *start != '\0');
	if (!q.known)
		return;
	check_int(from, q.start, at(start));
	check_int(from, q.import_wh, wh);
}

static void the_clock_decides(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = true };

	(void)state;
	db_fixture_new(&h);
	/* 2000 Wh in 15 minutes that two quarters share: 5 and 10 of them. */
	clocked_run(&c, "2026-06-01T10:00:00Z", "2026-06-02T15:35:00Z", NULL,
		    NULL);
	c.import_wh += 700;
	clocked_run(&c, "2026-06-02T15:40:00Z", "2026-06-02T15:45:00Z", NULL,
		    NULL);
	c.import_wh += 600;
	clocked_run(&c, "2026-06-02T15:50:00Z", "2026-06-02T15:55:00Z", NULL,
		    NULL);
	c.import_wh += 700;
	clocked_run(&c, "2026-06-02T16:00:00Z", "2026-06-05T12:10:00Z", NULL,
		    NULL);
	/* 27 Wh in the five minutes that were counted as usual. */
	check(&h, HIGHEST, "2026-05-31T22:00:00Z", "2026-06-30T22:00:00Z",
	      "2026-06-02T15:45:00Z", 600 + 27 + 700);
	check(&h, HIGHEST, "2026-06-03T22:00:00Z", "2026-06-04T22:00:00Z",
	      "2026-06-04T21:00:00Z", 99);
	/* The first that is equal; the running quarter does not count. */
	check(&h, HIGHEST, "2026-06-05T12:00:00Z", "2026-06-05T13:00:00Z", "",
	      0);
	check(&h, HIGHEST, "2026-06-05T11:00:00Z", "2026-06-05T13:00:00Z",
	      "2026-06-05T11:00:00Z", 69);
	check(&h, LOWEST, "2026-06-03T22:00:00Z", "2026-06-04T22:00:00Z",
	      "2026-06-03T22:00:00Z", 30);
	/* Before the history, and after it. */
	check(&h, HIGHEST, "2026-04-30T22:00:00Z", "2026-05-31T22:00:00Z", "",
	      0);
	check(&h, HIGHEST, "2026-06-30T22:00:00Z", "2026-07-31T22:00:00Z", "",
	      0);
	check(&h, LOWEST, "2026-05-30T22:00:00Z", "2026-05-31T22:00:00Z", "",
	      0);
	check(&h, LOWEST, "2026-06-06T22:00:00Z", "2026-06-07T22:00:00Z", "",
	      0);
	db_fixture_gone(&h);
}

static void a_finished_quarter_counts_before_its_hour_ends(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = false };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-01T10:00:00Z", "2026-06-01T12:20:00Z", NULL,
		    NULL);
	c.import_wh += 400;
	clocked_run(&c, "2026-06-01T12:25:00Z", "2026-06-01T12:30:00Z", NULL,
		    NULL);
	check(&h, HIGHEST, "2026-05-31T22:00:00Z", "2026-06-30T22:00:00Z",
	      "2026-06-01T12:15:00Z", 400 + 2 * 24);
	db_fixture_gone(&h);
}

/* The highest three, in order; what is above the number is not known. */
static void several_quarters_are_ranked(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = false };
	struct quarter top[200];
	struct reader r;
	int n = -1;

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-01T22:00:00Z", "2026-06-02T15:05:00Z", NULL,
		    NULL);
	c.import_wh += 700;
	clocked_run(&c, "2026-06-02T15:10:00Z", "2026-06-02T22:00:00Z", NULL,
		    NULL);
	reader_open(&r, &h);
	must(quarters_top(&r.curve, at("2026-06-01T22:00:00Z"),
			  at("2026-06-02T22:00:00Z"), 3, top, &n, &r.e),
	     &r.e);
	check_int("n", n, 3);
	check_int("first", top[0].start, at("2026-06-02T15:00:00Z"));
	check_int("second", top[1].start, at("2026-06-02T21:00:00Z"));
	check_int("third", top[2].start, at("2026-06-02T21:15:00Z"));
	must(quarters_top(&r.curve, at("2026-06-01T22:00:00Z"),
			  at("2026-06-02T22:00:00Z"), 200, top, &n, &r.e),
	     &r.e);
	check_int("all of a day", n, 96);
	for (int i = 1; i < n; i++)
		assert_true(top[i].import_wh <= top[i - 1].import_wh);
	reader_close(&r);
	db_fixture_gone(&h);
}

/* Those that export are not standby: 12:00 to 14:00, clock time. */
static void a_quarter_that_exports_is_not_standby(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = true };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-01T10:00:00Z", "2026-06-01T18:00:00Z", NULL,
		    NULL);
	check(&h, LOWEST, "2026-05-31T22:00:00Z", "2026-06-01T22:00:00Z",
	      "2026-06-01T12:00:00Z", 72);
	check(&h, LOWEST, "2026-06-01T10:00:00Z", "2026-06-01T12:00:00Z", "",
	      0);
	db_fixture_gone(&h);
}

/* Seven hours without readings, during which much was used. */
static void a_gap_has_no_quarters(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = false };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-01T00:00:00Z", "2026-06-01T05:05:00Z", NULL,
		    NULL);
	c.import_wh += 10000;
	clocked_run(&c, "2026-06-01T12:05:00Z", "2026-06-01T16:00:00Z", NULL,
		    NULL);
	check(&h, HIGHEST, "2026-05-31T22:00:00Z", "2026-06-01T22:00:00Z",
	      "2026-06-01T15:00:00Z", 81);
	check(&h, HIGHEST, "2026-06-01T05:00:00Z", "2026-06-01T12:00:00Z", "",
	      0);
	check(&h, LOWEST, "2026-06-01T05:00:00Z", "2026-06-01T12:00:00Z", "",
	      0);
	db_fixture_gone(&h);
}

static void both_clock_changes(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = false };

	(void)state;
	db_fixture_new(&h);
	/* The days of 23 and 25 hours; hour 2 is missing, or there twice. */
	clocked_run(&c, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", NULL,
		    NULL);
	check(&h, HIGHEST, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z",
	      "2026-03-29T21:00:00Z", 99);
	check(&h, LOWEST, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z",
	      "2026-03-28T23:00:00Z", 30);
	clocked_run(&c, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", NULL,
		    NULL);
	check(&h, HIGHEST, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z",
	      "2026-10-25T22:00:00Z", 99);
	check(&h, LOWEST, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z",
	      "2026-10-24T22:00:00Z", 30);
	check(&h, HIGHEST, "2026-10-24T23:00:00Z", "2026-10-25T02:00:00Z",
	      "2026-10-25T00:00:00Z", 36);
	db_fixture_gone(&h);
}

static void another_meter_goes_on(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", 5000000, .exports = false };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-01T10:00:00Z", "2026-06-01T12:05:00Z", NULL,
		    NULL);
	c.meter = "M2";
	c.import_wh = 9000;
	clocked_run(&c, "2026-06-01T12:10:00Z", "2026-06-01T14:00:00Z", NULL,
		    NULL);
	/* 12:05 to 12:10 was counted by none. */
	check(&h, LOWEST, "2026-06-01T12:00:00Z", "2026-06-01T14:00:00Z",
	      "2026-06-01T12:00:00Z", 48);
	check(&h, HIGHEST, "2026-06-01T10:00:00Z", "2026-06-01T14:00:00Z",
	      "2026-06-01T13:00:00Z", 75);
	db_fixture_gone(&h);
}

static struct quarter_running
running(const struct db_fixture *h, const char *now, struct quarter_heard heard)
{
	struct quarter_running q;
	struct reader r;

	reader_open(&r, h);
	must(quarters_running(&r.curve, at(now), &heard, &q, &r.e), &r.e);
	reader_close(&r);
	return q;
}

static void the_running_quarter(void **state)
{
	const struct quarter_heard none = { 0 };
	struct quarter_running q;
	struct db_fixture h;
	struct reading r;

	(void)state;
	db_fixture_new(&h);
	assert_false(running(&h, "2026-06-01T12:05:00Z", none).known);
	for (int64_t t = at("2026-06-01T11:00:00Z");
	     t <= at("2026-06-01T12:20:00Z"); t += 60) {
		r = reading_of("M1", t, (t - at("2026-06-01T11:00:00Z")) / 6,
			       5000);
		with(&r, Q_POWER_IMPORT, 600);
		take(&h, &r);
	}
	commit(&h);
	/* 10 Wh a minute; 12:15 to 12:20 is 50, then ten minutes of 600 W. */
	q = running(&h, "2026-06-01T12:21:30Z", none);
	assert_true(q.known);
	assert_int_equal(q.start, at("2026-06-01T12:15:00Z"));
	assert_int_equal(q.end, at("2026-06-01T12:30:00Z"));
	assert_int_equal(q.to, at("2026-06-01T12:20:00Z"));
	assert_int_equal(q.import_wh, 50);
	assert_int_equal(q.projected_wh, 150);
	/* A newer reading, with 1200 W. */
	q = running(&h, "2026-06-01T12:21:30Z",
		    (struct quarter_heard){ at("2026-06-01T12:21:00Z"),
					    5000 + 815, 1200 });
	assert_int_equal(q.to, at("2026-06-01T12:21:00Z"));
	assert_int_equal(q.import_wh, 65);
	assert_int_equal(q.projected_wh, 65 + 180);
	/* One that cannot follow, or is of another quarter. */
	q = running(&h, "2026-06-01T12:21:30Z",
		    (struct quarter_heard){ at("2026-06-01T12:21:00Z"), 0, 5 });
	assert_int_equal(q.import_wh, 50);
	q = running(&h, "2026-06-01T12:30:00Z", none);
	assert_false(q.known);
	/* The quarter has begun since: 12:20 to 12:32 took 120 Wh. */
	q = running(&h, "2026-06-01T12:32:00Z",
		    (struct quarter_heard){ at("2026-06-01T12:32:00Z"),
					    5000 + 920, -1 });
	assert_true(q.known);
	assert_int_equal(q.start, at("2026-06-01T12:30:00Z"));
	assert_int_equal(q.import_wh, 20);
	assert_int_equal(q.projected_wh, 150);
	/* Silence of more than a quarter before that. */
	q = running(&h, "2026-06-01T12:46:00Z",
		    (struct quarter_heard){ at("2026-06-01T12:46:00Z"),
					    5000 + 920, -1 });
	assert_false(q.known);
	db_fixture_gone(&h);
}

static int count_step(void *ctx)
{
	++*(long *)ctx;
	return 0;
}

/* A month has 2976 quarters; all but a few hours cannot have the highest. */
static void few_hours_are_searched(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = false };
	struct quarter q;
	struct reader r;
	long thousands = 0;

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-04-30T22:00:00Z", "2026-05-20T10:00:00Z", NULL,
		    NULL);
	c.import_wh += 500;
	clocked_run(&c, "2026-05-20T10:05:00Z", "2026-05-31T22:00:00Z", NULL,
		    NULL);
	reader_open(&r, &h);
	sqlite3_progress_handler(r.db, 1000, count_step, &thousands);
	must(quarters_highest(&r.curve, at("2026-04-30T22:00:00Z"),
			      at("2026-05-31T22:00:00Z"), &q, &r.e),
	     &r.e);
	assert_int_equal(q.start, at("2026-05-20T10:00:00Z"));
	assert_in_range(thousands, 1, 80); /* all of them: over 400 */
	reader_close(&r);
	db_fixture_gone(&h);
}

static void months_have_peaks(void **state)
{
	struct month_peak m, year[MONTH_PEAKS];
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = false };
	struct reader r;
	bool told;
	int n;

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-04-29T10:00:00Z", "2026-05-02T10:00:00Z", NULL,
		    NULL);
	c.import_wh += 500;
	clocked_run(&c, "2026-05-02T10:05:00Z", "2026-06-01T10:00:00Z", NULL,
		    NULL);
	reader_open(&r, &h);
	must(month_peaks_are_told(r.db, &told, &r.e), &r.e);
	assert_false(told);
	assert_int_equal(month_peaks_of(&r.curve, SPAN("2026-05-17"), &m, &r.e),
			 1);
	assert_string_equal(m.month, "2026-05");
	assert_int_equal(m.start, at("2026-04-30T22:00:00Z"));
	assert_int_equal(m.highest.start, at("2026-05-02T10:00:00Z"));
	assert_int_equal(quarter_power_w(&m.highest), 4 * (500 + 2 * 22));
	assert_false(m.told.known);
	must(month_peaks_year(&r.curve, SPAN("2026-06-01"), year, &n, &r.e),
	     &r.e);
	assert_int_equal(n, 3);
	assert_string_equal(year[0].month, "2026-04");
	assert_int_equal(year[0].highest.import_wh, 99);
	assert_int_equal(month_peaks_of(&r.curve, SPAN("1999-06-01"), &m, &r.e),
			 0);
	reader_close(&r);
	/* The meter tells: of months before the history, and of this one. */
	run_sql(&h,
		"INSERT INTO month_peak VALUES"
		" ((SELECT end_ts FROM calendar_month WHERE month ="
		" '2026-03'), 5, 4000), ((SELECT end_ts FROM calendar_month"
		" WHERE month = '2026-05'), 7, 3000);"
		"INSERT INTO demand VALUES (1780308000, 1780308001, 1, 2500,"
		" 1780308900)");
	reader_open(&r, &h);
	must(month_peaks_are_told(r.db, &told, &r.e), &r.e);
	assert_true(told);
	must(month_peaks_year(&r.curve, SPAN("2026-06-01"), year, &n, &r.e),
	     &r.e);
	assert_int_equal(n, 4);
	assert_string_equal(year[0].month, "2026-03");
	assert_int_equal(year[0].told.w, 4000);
	assert_false(year[1].told.known);
	assert_int_equal(year[2].told.w, 3000);
	assert_int_equal(year[3].told.w, 2500);
	assert_int_equal(year[3].told.ts, 1780308900);
	reader_close(&r);
	db_fixture_gone(&h);
}

static void the_highest_power_of_a_day(void **state)
{
	struct db_fixture h;
	struct reading r;
	struct reader it;
	int64_t w = 0, ts = 0;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 100; i++) {
		r = reading_of("M1", at("2026-06-01T12:00:00Z") + 10 * i, i, 0);
		with(&r, Q_POWER_IMPORT, i == 40 ? 3400 : 100 + i);
		take(&h, &r);
	}
	commit(&h);
	reader_open(&it, &h);
	assert_int_equal(highest_power_find(it.db, at("2026-05-31T22:00:00Z"),
					    at("2026-06-01T22:00:00Z"), &w, &ts,
					    &it.e),
			 1);
	assert_int_equal(w, 3400);
	assert_int_equal(ts, at("2026-06-01T12:06:40Z"));
	assert_int_equal(highest_power_find(it.db, at("2026-06-01T22:00:00Z"),
					    at("2026-06-02T22:00:00Z"), &w, &ts,
					    &it.e),
			 0);
	reader_close(&it);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(several_quarters_are_ranked),
		cmocka_unit_test(
			a_finished_quarter_counts_before_its_hour_ends),
		cmocka_unit_test(the_clock_decides),
		cmocka_unit_test(a_quarter_that_exports_is_not_standby),
		cmocka_unit_test(a_gap_has_no_quarters),
		cmocka_unit_test(both_clock_changes),
		cmocka_unit_test(another_meter_goes_on),
		cmocka_unit_test(the_running_quarter),
		cmocka_unit_test(few_hours_are_searched),
		cmocka_unit_test(months_have_peaks),
		cmocka_unit_test(the_highest_power_of_a_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
