/* Local time ranges, their titles, and the dates that a user may write. */
#include "tests/check.h"

#include <string.h>

#include "base/localday.h"
#include "base/span.h"
#include "graphs/range.h"

static int amsterdam(void **state)
{
	struct err e = { 0 };

	(void)state;
	return localday_use("Europe/Amsterdam", &e);
}

static void ranges_have_local_ends_and_titles(void **state)
{
	static const struct {
		enum range_kind kind;
		struct civil date;
		const char *start; /* UTC */
		int hours;
		const char *title;
		/* clang-format off */
	} cases[] = {
		{ RANGE_DAY, { .year = 2026, .month = 11, .day = 21 },
		  "2026-11-20T23:00:00Z", 24, "Saturday 21 November 2026" },
		{ RANGE_DAY, { .year = 2026, .month = 3, .day = 29 },
		  "2026-03-28T23:00:00Z", 23, "Sunday 29 March 2026" },
		{ RANGE_DAY, { .year = 2026, .month = 10, .day = 25 },
		  "2026-10-24T22:00:00Z", 25, "Sunday 25 October 2026" },
		{ RANGE_DAY, { .year = 2024, .month = 2, .day = 29 },
		  "2024-02-28T23:00:00Z", 24, "Thursday 29 February 2024" },
		{ RANGE_WEEK, { .year = 2026, .month = 11, .day = 22 },
		  "2026-11-15T23:00:00Z", 168, "Week 47, 16 – 22 November 2026" },
		{ RANGE_WEEK, { .year = 2026, .month = 11, .day = 23 },
		  "2026-11-22T23:00:00Z", 168, "Week 48, 23 – 29 November 2026" },
		{ RANGE_WEEK, { .year = 2026, .month = 3, .day = 29 },
		  "2026-03-22T23:00:00Z", 167, "Week 13, 23 – 29 March 2026" },
		{ RANGE_WEEK, { .year = 2026, .month = 9, .day = 30 },
		  "2026-09-27T22:00:00Z", 168, "Week 40, 28 Sep – 4 Oct 2026" },
		{ RANGE_WEEK, { .year = 2027, .month = 1, .day = 1 },
		  "2026-12-27T23:00:00Z", 168,
		  "Week 53, 28 Dec 2026 – 3 Jan 2027" },
		{ RANGE_WEEK, { .year = 2025, .month = 12, .day = 29 },
		  "2025-12-28T23:00:00Z", 168,
		  "Week 1, 29 Dec 2025 – 4 Jan 2026" },
		{ RANGE_MONTH, { .year = 2026, .month = 10, .day = 31 },
		  "2026-09-30T22:00:00Z", 31 * 24 + 1, "October 2026" },
		{ RANGE_MONTH, { .year = 2026, .month = 12, .day = 1 },
		  "2026-11-30T23:00:00Z", 31 * 24, "December 2026" },
		{ RANGE_YEAR, { .year = 2024, .month = 7, .day = 1 },
		  "2023-12-31T23:00:00Z", 366 * 24, "2024" },
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct range r = range_holding(cases[i].kind, &cases[i].date);
		char start[UTC_TEXT];

		check_text(cases[i].title, r.title, cases[i].title);
		check_text(cases[i].title, utc_format(start, r.start),
			   cases[i].start);
		check_int(cases[i].title, r.end - r.start,
			  cases[i].hours * HOUR_S);
	}
}

static void a_date_must_name_its_range(void **state)
{
	static const struct {
		enum range_kind kind;
		const char *text;  /* NULL: none */
		const char *title; /* NULL: refused */
	} cases[] = {
		{ RANGE_DAY, NULL, "Saturday 21 November 2026" },
		{ RANGE_DAY, "today", "Saturday 21 November 2026" },
		{ RANGE_DAY, "yesterday", "Friday 20 November 2026" },
		{ RANGE_DAY, "last", "Friday 20 November 2026" },
		{ RANGE_WEEK, "last", "Week 46, 9 – 15 November 2026" },
		{ RANGE_MONTH, "last", "October 2026" },
		{ RANGE_YEAR, "last", "2025" },
		{ RANGE_DAY, "2026-11-19", "Thursday 19 November 2026" },
		{ RANGE_MONTH, "yesterday", "November 2026" },
		{ RANGE_MONTH, "2026-02", "February 2026" },
		{ RANGE_MONTH, "2026-02-03", "February 2026" },
		{ RANGE_YEAR, "2025", "2025" },
		{ RANGE_YEAR, "2025-06", "2025" },
		{ RANGE_DAY, "2026-02-30", NULL },
		{ RANGE_DAY, "2026-11", NULL },
		{ RANGE_DAY, "2026", NULL },
		{ RANGE_WEEK, "2026-11", NULL },
		{ RANGE_MONTH, "2026", NULL },
		{ RANGE_MONTH, "2026-13", NULL },
		{ RANGE_YEAR, "", NULL },
		{ RANGE_YEAR, "tomorrow", NULL },
	};
	int64_t now = 1795240800; /* 2026-11-21T06:00:00Z */

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *name = cases[i].text ? cases[i].text : "none";
		struct range r = { 0 };
		struct err e = { 0 };
		int rc = range_parse(cases[i].kind, cases[i].text, now, &r, &e);

		check_int(name, rc, cases[i].title ? 0 : ERR_USAGE);
		if (cases[i].title)
			check_text(name, r.title, cases[i].title);
	}
}

static void instants_are_said_as_short_as_the_range_allows(void **state)
{
	static const struct {
		enum range_kind kind;
		const char *words;
	} cases[] = {
		{ RANGE_DAY, "18:35" },
		{ RANGE_WEEK, "Wed 18:35" },
		{ RANGE_MONTH, "Wed 10" },
		{ RANGE_YEAR, "June" },
	};
	int64_t at = 1781109300; /* 2026-06-10T16:35:00Z */

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct range r = { .kind = cases[i].kind };
		char words[RANGE_WHEN];

		check_text(cases[i].words, range_when(words, &r, at),
			   cases[i].words);
	}
}

static void mondays_are_found_over_a_change_of_the_clock(void **state)
{
	int64_t sunday = 1774738800; /* 2026-03-29, of 23 hours */

	(void)state;
	check_int("from Sunday", range_monday(sunday), sunday + 23 * HOUR_S);
	check_int("from Monday", range_monday(sunday + 23 * HOUR_S),
		  sunday + (23 + 7 * 24) * HOUR_S);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges_have_local_ends_and_titles),
		cmocka_unit_test(a_date_must_name_its_range),
		cmocka_unit_test(
			instants_are_said_as_short_as_the_range_allows),
		cmocka_unit_test(mondays_are_found_over_a_change_of_the_clock),
	};

	return cmocka_run_group_tests_name("range", tests, amsterdam, NULL);
}
