#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/localday.h"
#include "tests/check.h"

static void use(const char *zone)
{
	struct err e = { 0 };

	if (localday_use(zone, &e) < 0)
		fail_msg("%s", e.text);
}

static void days_have_23_24_or_25_hours(void **state)
{
	static const struct {
		const char *zone;
		int year, month, day;
		const char *start;
		int hours;
	} cases[] = {
		{ "Europe/Amsterdam", 2026, 3, 28, "2026-03-27T23:00:00Z", 24 },
		{ "Europe/Amsterdam", 2026, 3, 29, "2026-03-28T23:00:00Z", 23 },
		{ "Europe/Amsterdam", 2026, 10, 25, "2026-10-24T22:00:00Z",
		  25 },
		{ "Europe/Amsterdam", 2026, 12, 31, "2026-12-30T23:00:00Z",
		  24 },
		{ "Europe/Dublin", 2026, 3, 29, "2026-03-29T00:00:00Z", 23 },
		{ "UTC", 2026, 3, 29, "2026-03-29T00:00:00Z", 24 },
		/* clocks that change at midnight */
		{ "Atlantic/Azores", 2026, 3, 29, "2026-03-29T01:00:00Z", 23 },
		{ "Atlantic/Azores", 2026, 10, 25, "2026-10-25T00:00:00Z", 25 },
		{ "Asia/Beirut", 2026, 3, 29, "2026-03-28T22:00:00Z", 23 },
		{ "America/Havana", 2024, 11, 3, "2024-11-03T04:00:00Z", 25 },
	};
	char buf[UTC_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t start, end;

		use(cases[i].zone);
		start = localday_day_start(cases[i].year, cases[i].month,
					   cases[i].day);
		end = localday_day_start(cases[i].year, cases[i].month,
					 cases[i].day + 1);
		check_text(cases[i].zone, utc_format(buf, start),
			   cases[i].start);
		check_int(cases[i].zone, (end - start) / 3600, cases[i].hours);
	}
}

static void months_and_years_carry_over(void **state)
{
	char buf[UTC_TEXT];

	(void)state;
	use("Europe/Amsterdam");
	check_text("July", utc_format(buf, localday_month_start(2026, 7)),
		   "2026-06-30T22:00:00Z");
	check_text("month 13", utc_format(buf, localday_month_start(2026, 13)),
		   "2026-12-31T23:00:00Z");
	check_text("year", utc_format(buf, localday_year_start(2027)),
		   "2026-12-31T23:00:00Z");
}

static void hour_that_happens_twice_is_resolved(void **state)
{
	static const struct {
		const char *name;
		struct civil local;
		const char *not_before, *want;
	} cases[] = {
		{ "summer",
		  { 2026, 7, 1, 12, 0, 0 },
		  NULL,
		  "2026-07-01T10:00:00Z" },
		{ "winter",
		  { 2026, 1, 1, 0, 30, 0 },
		  NULL,
		  "2025-12-31T23:30:00Z" },
		{ "first of two",
		  { 2026, 10, 25, 2, 30, 0 },
		  NULL,
		  "2026-10-25T00:30:00Z" },
		{ "not before: first",
		  { 2026, 10, 25, 2, 30, 0 },
		  "2026-10-25T00:30:00Z",
		  "2026-10-25T00:30:00Z" },
		{ "not before: second",
		  { 2026, 10, 25, 2, 0, 0 },
		  "2026-10-25T00:30:00Z",
		  "2026-10-25T01:00:00Z" },
		{ "skipped",
		  { 2026, 3, 29, 2, 30, 0 },
		  NULL,
		  "2026-03-29T01:30:00Z" },
	};
	char buf[UTC_TEXT];

	(void)state;
	use("Europe/Amsterdam");
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t not_before = INT64_MIN;

		if (cases[i].not_before)
			assert_true(utc_parse(span_of(cases[i].not_before),
					      &not_before));
		check_text(cases[i].name,
			   utc_format(buf, localday_resolve(&cases[i].local,
							    not_before)),
			   cases[i].want);
	}
}

static void dates_are_read_strictly(void **state)
{
	static const struct {
		const char *text;
		int rc, year, month, day;
	} cases[] = {
		{ "2026-02-28", 0, 2026, 2, 28 },
		{ "2026-02", 0, 2026, 2, 1 },
		{ "2026", 0, 2026, 1, 1 },
		{ "today", 0, 2026, 3, 29 },
		{ "yesterday", 0, 2026, 3, 28 },
		{ "2026-02-30", ERR_USAGE, 0, 0, 0 },
		{ "2026-13-01", ERR_USAGE, 0, 0, 0 },
		{ "2026-00", ERR_USAGE, 0, 0, 0 },
		{ "2026-2-1", ERR_USAGE, 0, 0, 0 },
		{ "2026--1-01", ERR_USAGE, 0, 0, 0 },
		{ "-026-01-01", ERR_USAGE, 0, 0, 0 },
		{ "2026-01-01x", ERR_USAGE, 0, 0, 0 },
		{ "20260101", ERR_USAGE, 0, 0, 0 },
		{ "", ERR_USAGE, 0, 0, 0 },
		{ "%n%n", ERR_USAGE, 0, 0, 0 },
	};
	/* the local day after the clock went forward: 22:30 UTC */
	static const struct civil now = { 2026, 3, 29, 21, 30, 0 };

	(void)state;
	use("Europe/Amsterdam");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct civil c = { 0 };
		struct err e = { 0 };

		check_int(cases[i].text,
			  localday_parse_date(cases[i].text,
					      utc_from_civil(&now), &c, &e),
			  cases[i].rc);
		check_int(cases[i].text, c.year, cases[i].year);
		check_int(cases[i].text, c.month, cases[i].month);
		check_int(cases[i].text, c.day, cases[i].day);
	}
}

static void an_unknown_zone_is_an_error(void **state)
{
	static const char *const zones[] = { "Europe/Atlantis", "../etc/passwd",
					     "/etc/localtime" };
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(zones); i++)
		check_int(zones[i], localday_use(zones[i], &e), ERR_CONFIG);
}

static void the_environment_does_not_choose_the_zone(void **state)
{
	char before[LOCALDAY_ZONE], after[LOCALDAY_ZONE];

	(void)state;
	localday_machine_zone(before);
	setenv("TZ", "Asia/Tokyo", 1);
	check_text("TZ=Asia/Tokyo", localday_machine_zone(after), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_have_23_24_or_25_hours),
		cmocka_unit_test(months_and_years_carry_over),
		cmocka_unit_test(hour_that_happens_twice_is_resolved),
		cmocka_unit_test(dates_are_read_strictly),
		cmocka_unit_test(an_unknown_zone_is_an_error),
		cmocka_unit_test(the_environment_does_not_choose_the_zone),
	};

	return cmocka_run_group_tests_name("localday", tests, NULL, NULL);
}
