/*
 * Comparisons by the calendar: whole finished days against the same days of an
 * earlier range, and a day against a usual one.
 */
#include "tests/storage/db_fixture.h"

#include "base/span.h"
#include "graphs/earlier_period.h"

static struct db_fixture db;
static struct history *history;

/*
 * Hourly readings from 10 March 2025 to 20 March 2026, 14:00 local time. A day of
 * the first year takes 24 kWh, of the second 48; every hour the same.
 */
static int fill(void **state)
{
	int64_t from = at("2025-03-10T09:00:00Z");
	int64_t to = at("2026-03-20T13:00:00Z"), wh = 1000000;

	(void)state;
	db_fixture_new(&db);
	for (int64_t t = from; t <= to; t += HOUR_S) {
		struct reading r = reading_of("4530", t, wh, 0);

		take(&db, &r);
		wh += t < at("2025-12-31T23:00:00Z") ? 1000 : 2000;
	}
	commit(&db);
	db_fixture_close(&db);
	history = db_fixture_history(&db);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	history_close(history);
	db_fixture_gone(&db);
	return 0;
}

static struct earlier_period load(enum range_kind kind, const char *date,
				  const char *now, struct range *r)
{
	struct err e = { 0 };
	struct earlier_period c;

	must(range_parse(kind, date, at(now), r, &e), &e);
	must(earlier_period_load(history, chart_find(&subjects[0], kind), r,
				 at(now), &c, &e),
	     &e);
	return c;
}

static void sums_are_over_the_same_whole_days(void **state)
{
	static const struct {
		const char *name, *date, *now;
		enum range_kind kind;
		int first,
			last; /* days of the range that are compared, from 1 */
		int64_t sum, before; /* kWh */
	} cases[] = {
		{ "a month that goes on, last year known from the 11th",
		  "2026-03", "2026-03-20T13:00:00Z", RANGE_MONTH, 11, 19, 432,
		  216 },
		{ "a year that goes on", "2026", "2026-03-20T13:00:00Z",
		  RANGE_YEAR, 70, 78, 432, 216 },
		{ "a week that goes on", "2026-03-20", "2026-03-20T13:00:00Z",
		  RANGE_WEEK, 1, 4, 192, 192 },
		{ "the week of the new year", "2026-01-01",
		  "2026-03-20T13:00:00Z", RANGE_WEEK, 1, 7, 264, 168 },
		{ "a finished week", "2026-03-10", "2026-03-20T13:00:00Z",
		  RANGE_WEEK, 1, 7, 336, 336 },
		{ "now is before the newest reading", "2026-03",
		  "2026-03-15T13:00:00Z", RANGE_MONTH, 11, 14, 192, 96 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct range r;
		struct earlier_period c =
			load(cases[i].kind, cases[i].date, cases[i].now, &r);
		struct civil d = localday_civil(r.start);

		check_int(cases[i].name, c.sums, true);
		check_int(cases[i].name, c.from,
			  localday_day_start(d.year, d.month,
					     d.day + cases[i].first - 1));
		check_int(cases[i].name, c.to,
			  localday_day_start(d.year, d.month,
					     d.day + cases[i].last));
		check_int(cases[i].name, c.now, cases[i].sum * 1000);
		check_int(cases[i].name, c.before, cases[i].before * 1000);
	}
}

static void nothing_is_compared_with_what_is_not_known(void **state)
{
	static const struct {
		const char *name, *date, *now;
		enum range_kind kind;
	} cases[] = {
		{ "no year before", "2025", "2026-03-20T13:00:00Z",
		  RANGE_YEAR },
		{ "no month before", "2025-09", "2026-03-20T13:00:00Z",
		  RANGE_MONTH },
		{ "February, unknown last year", "2026-02",
		  "2026-03-20T13:00:00Z", RANGE_MONTH },
		{ "two days before", "2025-03-12", "2026-03-20T13:00:00Z",
		  RANGE_DAY },
		{ "the first day of the week", "2026-03-16",
		  "2026-03-16T13:00:00Z", RANGE_WEEK },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct range r;
		struct earlier_period c =
			load(cases[i].kind, cases[i].date, cases[i].now, &r);

		check_int(cases[i].name, c.sums, false);
	}
}

static void slots_are_those_of_last_year(void **state)
{
	struct range r;
	struct earlier_period c =
		load(RANGE_MONTH, "2026-03", "2026-03-20T13:00:00Z", &r);

	(void)state;
	check_int("slots", c.slots, EARLIER_SLOTS);
	check_int("the first day was not whole", c.slot[9].known, false);
	check_int("the second", c.slot[10].up, 24000);
	check_int("a day of 23 hours", c.slot[29].up, 23000);
	check_int("a day to come", c.slot[30].known, true);
	check_int("since", c.since, at("2025-03-10T23:00:00Z"));
	c = load(RANGE_YEAR, "2026", "2026-03-20T13:00:00Z", &r);
	check_int("March was not whole", c.slot[2].known, false);
	check_int("April", c.slot[3].up, 30 * 24000);
	check_int("no more months", c.slot[12].known, false);
}

static void a_day_is_compared_with_a_usual_one(void **state)
{
	struct range r;
	struct earlier_period c =
		load(RANGE_DAY, "2026-01-02", "2026-03-20T13:00:00Z", &r);

	(void)state;
	check_int("whole day", c.now, 48000);
	check_int("six of 24 and one of 48", c.before, 27429);
	check_int("hours", c.slot[13].up, 1143);
	check_int("power", c.usual_power, true);
	assert_in_range(c.usual.power_w[100], 1130, 1150);
	c = load(RANGE_DAY, "2026-03-20", "2026-03-20T13:20:00Z", &r);
	check_int("until the last reading", c.to, at("2026-03-20T13:00:00Z"));
	check_int("now", c.now, 28000);
	check_int("before, until that time", c.before, 28000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_over_the_same_whole_days),
		cmocka_unit_test(nothing_is_compared_with_what_is_not_known),
		cmocka_unit_test(slots_are_those_of_last_year),
		cmocka_unit_test(a_day_is_compared_with_a_usual_one),
	};

	return cmocka_run_group_tests_name("compared", tests, fill, tear_down);
}
