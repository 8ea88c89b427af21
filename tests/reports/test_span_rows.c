/* The rows of a report, beside the views and the readings. */
#include "reports/span_rows.h"
#include "reports/standby_days.h"
#include "storage/history/history_report.h"
#include "tests/storage/clocked_fixture.h"

static struct span_rows load(const struct db_fixture *h, enum step step,
			     const char *from, const char *to)
{
	struct history *history = db_fixture_history(h);
	struct span_rows r;
	struct err e = { 0 };

	must(span_rows_load(&r, history, step, at(from), at(to), &e), &e);
	history_close(history);
	return r;
}

struct expected {
	const char *start, *end;
	int64_t import_wh; /* -1: not known */
	int64_t gap_s;
};

static void check_rows(const struct db_fixture *h, enum step step,
		       const char *from, const char *to,
		       const struct expected *want, size_t n)
{
	struct span_rows r = load(h, step, from, to);
	int64_t sum = 0;

	check_int(from, r.n, n);
	for (size_t i = 0; i < n; i++) {
		const struct consumption *c = &r.row[i];

		check_int(want[i].start, c->start, at(want[i].start));
		check_int(want[i].start, c->end, at(want[i].end));
		check_int(want[i].start, c->amount[SERIES_IMPORT],
			  want[i].import_wh);
		check_int(want[i].start, c->gap_s[MEDIUM_ELECTRICITY],
			  want[i].gap_s);
		sum += c->amount[SERIES_IMPORT];
	}
	check_int(from, r.total.amount[SERIES_IMPORT], sum);
	span_rows_free(&r);
}

#define CHECK_ROWS(h, step, from, to, ...)                                     \
	check_rows(h, step, from, to,                                          \
		   (const struct expected[]){ __VA_ARGS__ },                   \
		   sizeof((const struct expected[]){ __VA_ARGS__ }) /          \
			   sizeof(struct expected))

static void spans_are_cut(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", 5000000, .exports = false };

	(void)state;
	db_fixture_new(&h);
	/* 22, 23 and 24 Wh in 5 minutes of the hours 12, 13 and 14. */
	clocked_run(&c, "2026-06-01T10:00:00Z", "2026-06-03T10:00:00Z", NULL,
		    NULL);
	CHECK_ROWS(
		&h, STEP_HOUR, "2026-06-01T10:30:00Z", "2026-06-01T12:10:00Z",
		{ "2026-06-01T10:30:00Z", "2026-06-01T11:00:00Z", 6 * 22, 0 },
		{ "2026-06-01T11:00:00Z", "2026-06-01T12:00:00Z", 12 * 23, 0 },
		{ "2026-06-01T12:00:00Z", "2026-06-01T12:10:00Z", 2 * 24, 0 });
	/* Within one hour, on an instant between two readings. */
	CHECK_ROWS(&h, STEP_HOUR, "2026-06-01T10:32:30Z",
		   "2026-06-01T10:45:00Z",
		   { "2026-06-01T10:32:30Z", "2026-06-01T10:45:00Z",
		     2 * 22 + 11, 300 });
	/* Before the first reading nothing is known. */
	CHECK_ROWS(
		&h, STEP_HOUR, "2026-05-01T00:00:00Z", "2026-06-01T11:00:00Z",
		{ "2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", 12 * 22, 0 });
	CHECK_ROWS(
		&h, STEP_QUARTER, "2026-06-01T09:50:00Z",
		"2026-06-01T10:35:00Z",
		{ "2026-06-01T10:00:00Z", "2026-06-01T10:15:00Z", 3 * 22, 0 },
		{ "2026-06-01T10:15:00Z", "2026-06-01T10:30:00Z", 3 * 22, 0 },
		{ "2026-06-01T10:30:00Z", "2026-06-01T10:35:00Z", 22, 0 });
	db_fixture_gone(&h);
}

static void a_span_without_readings_has_no_rows(void **state)
{
	static const enum step steps[] = { STEP_QUARTER, STEP_HOUR, STEP_WEEK,
					   STEP_YEAR };
	struct db_fixture h;
	struct clocked c = { &h, "M1", 5000000, .exports = false };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", NULL,
		    NULL);
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct span_rows r = load(&h, steps[i], "2024-01-01T00:00:00Z",
					  "2025-01-01T00:00:00Z");

		check_int("before", r.n, 0);
		span_rows_free(&r);
		r = load(&h, steps[i], "2026-06-02T00:00:00Z",
			 "2026-07-01T00:00:00Z");
		check_int("after", r.n, 0);
		span_rows_free(&r);
	}
	db_fixture_gone(&h);
}

/* From Monday to Sunday, over both changes of the clock and a new meter. */
static void steps_add_up(void **state)
{
	static const char *const spans[][2] = {
		{ "2026-03-22T23:00:00Z", "2026-04-12T22:00:00Z" },
		{ "2026-10-18T22:00:00Z", "2026-11-08T23:00:00Z" },
	};
	struct db_fixture h;
	struct clocked c = { &h, "M1", 5000000, .gas = true, .exports = true };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-03-20T12:00:00Z", "2026-03-29T00:50:00Z",
		    "2026-03-25T03:00:00Z", "2026-03-25T09:00:00Z");
	c.meter = "M2";
	c.import_wh = 17;
	clocked_run(&c, "2026-03-29T01:05:00Z", "2026-04-20T12:00:00Z", NULL,
		    NULL);
	clocked_run(&c, "2026-10-15T12:00:00Z", "2026-11-10T12:00:00Z", NULL,
		    NULL);
	for (size_t i = 0; i < COUNT(spans); i++) {
		const char *from = spans[i][0];
		struct span_rows days = load(&h, STEP_DAY, from, spans[i][1]);

		check_int(from, days.n, 21);
		for (enum step s = STEP_QUARTER; s <= STEP_WEEK; s++) {
			struct span_rows r = load(&h, s, from, spans[i][1]);

			if (s == STEP_WEEK)
				check_int(from, r.n, 3);
			for (int k = 0; k < SERIES_COUNT; k++)
				check_int(from, r.total.amount[k],
					  days.total.amount[k]);
			check_int(from, r.total.have, days.total.have);
			span_rows_free(&r);
		}
		span_rows_free(&days);
	}
	db_fixture_gone(&h);
}

static void standby_is_the_median_of_days(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = true };
	struct standby_power p;
	struct standby_days d;
	struct history *history;
	struct err e = { 0 };

	(void)state;
	db_fixture_new(&h);
	/* 30 Wh in a quarter after midnight, and 69 from 13:00 on the first. */
	clocked_run(&c, "2026-06-01T18:00:00Z", "2026-06-04T10:00:00Z", NULL,
		    NULL);
	history = db_fixture_history(&h);
	must(standby_days_load(&d, history, at("2026-05-01T00:00:00Z"),
			       at("2026-07-01T00:00:00Z"), &e),
	     &e);
	check_int("days", d.n, 4);
	check_int("first", d.day[0].start, at("2026-05-31T22:00:00Z"));
	check_int("first", d.day[0].w, 4 * 3 * (10 + 20));
	p = standby_days_median(&d, at("2026-05-01T00:00:00Z"),
				at("2026-07-01T00:00:00Z"));
	check_int("all", p.days, 4);
	check_int("all", p.w, 4 * 30);
	check_int("all", p.lowest_w, 4 * 30);
	p = standby_days_median(&d, at("2026-07-01T00:00:00Z"),
				at("2026-08-01T00:00:00Z"));
	check_int("none", p.days, 0);
	standby_days_free(&d);
	history_close(history);
	db_fixture_gone(&h);
}

/* Hours of a clock's hour h count 12 * (10 + h) Wh. */
static void hours_have_peaks(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = false };
	struct hour_peak top[4];
	struct history *history;
	struct err e = { 0 };
	int n = 0;

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-01T22:00:00Z", "2026-06-03T09:30:00Z",
		    "2026-06-02T20:00:00Z", "2026-06-02T22:00:00Z");
	history = db_fixture_history(&h);
	must(history_top_hours(history, at("2026-05-31T22:00:00Z"),
			       at("2026-06-30T22:00:00Z"), true, 4, top, &n,
			       &e),
	     &e);
	check_int("days", n, 2);
	/* Not those in the gap, nor the one that goes on. */
	check_int("first", top[0].start, at("2026-06-02T19:00:00Z"));
	check_int("first", top[0].import_wh, 12 * (10 + 21));
	check_int("second", top[1].start, at("2026-06-03T08:00:00Z"));
	must(history_top_hours(history, at("2026-05-31T22:00:00Z"),
			       at("2026-06-30T22:00:00Z"), false, 4, top, &n,
			       &e),
	     &e);
	check_int("hours", n, 4);
	check_int("second", top[1].start, at("2026-06-02T18:00:00Z"));
	history_close(history);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_are_cut),
		cmocka_unit_test(a_span_without_readings_has_no_rows),
		cmocka_unit_test(steps_add_up),
		cmocka_unit_test(standby_is_the_median_of_days),
		cmocka_unit_test(hours_have_peaks),
	};

	return cmocka_run_group_tests_name("span_rows", tests, NULL, NULL);
}
