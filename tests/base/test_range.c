/* Local time ranges, their titles in each language, and the dates that a user may write. */
#include "tests/check.h"

#include <string.h>

#include "base/dates.h"
#include "base/localday.h"
#include "base/range.h"
#include "base/span.h"

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
		  "2026-11-15T23:00:00Z", 168, "week 47, 16–22 November 2026" },
		{ RANGE_WEEK, { .year = 2026, .month = 11, .day = 23 },
		  "2026-11-22T23:00:00Z", 168, "week 48, 23–29 November 2026" },
		{ RANGE_WEEK, { .year = 2026, .month = 3, .day = 29 },
		  "2026-03-22T23:00:00Z", 167, "week 13, 23–29 March 2026" },
		{ RANGE_WEEK, { .year = 2026, .month = 9, .day = 30 },
		  "2026-09-27T22:00:00Z", 168, "week 40, 28 Sep–4 Oct 2026" },
		{ RANGE_WEEK, { .year = 2027, .month = 1, .day = 1 },
		  "2026-12-27T23:00:00Z", 168,
		  "week 53, 28 Dec 2026–3 Jan 2027" },
		{ RANGE_WEEK, { .year = 2025, .month = 12, .day = 29 },
		  "2025-12-28T23:00:00Z", 168,
		  "week 1, 29 Dec 2025–4 Jan 2026" },
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
		char start[UTC_TEXT], title[DATES_TEXT];

		check_text(cases[i].title,
			   dates_title(title, &r, date_words_find("en"), false),
			   cases[i].title);
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
		{ RANGE_WEEK, "last", "week 46, 9–15 November 2026" },
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
		char title[DATES_TEXT];
		struct err e = { 0 };
		int rc = range_parse(cases[i].kind, cases[i].text, now, &r, &e);

		check_int(name, rc, cases[i].title ? 0 : ERR_USAGE);
		if (cases[i].title)
			check_text(name,
				   dates_title(title, &r, date_words_find("en"),
					       false),
				   cases[i].title);
	}
}

static void titles_are_short_or_dutch(void **state)
{
	static const struct {
		enum range_kind kind;
		struct civil date;
		const char *brief, *dutch, *brief_dutch;
		/* clang-format off */
	} cases[] = {
		{ RANGE_DAY, { .year = 2026, .month = 3, .day = 27 },
		  "Fri 27 Mar", "vrijdag 27 maart 2026", "vr 27 mrt" },
		{ RANGE_WEEK, { .year = 2026, .month = 10, .day = 1 },
		  "week 40, 28 Sep–4 Oct", "week 40, 28 sep–4 okt 2026",
		  "week 40, 28 sep–4 okt" },
		{ RANGE_WEEK, { .year = 2026, .month = 5, .day = 6 },
		  "week 19, 4–10 May", "week 19, 4–10 mei 2026", "week 19, 4–10 mei" },
		{ RANGE_MONTH, { .year = 2026, .month = 8, .day = 1 },
		  "Aug 2026", "augustus 2026", "aug 2026" },
		{ RANGE_YEAR, { .year = 2026, .month = 1, .day = 1 },
		  "2026", "2026", "2026" },
	};
	/* clang-format on */
	const struct date_words *en = date_words_find("en"),
				*nl = date_words_find("nl");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct range r = range_holding(cases[i].kind, &cases[i].date);
		char text[DATES_TEXT];

		check_text(cases[i].brief, dates_title(text, &r, en, true),
			   cases[i].brief);
		check_text(cases[i].dutch, dates_title(text, &r, nl, false),
			   cases[i].dutch);
		check_text(cases[i].dutch, dates_title(text, &r, nl, true),
			   cases[i].brief_dutch);
	}
}

/* Local times of Amsterdam. */
static int64_t local(int month, int day, int hour, int minute)
{
	struct civil c = { 2026, month, day, hour, minute, 0 };

	return localday_resolve(&c, INT64_MIN);
}

static void times_and_stretches_are_said_briefly(void **state)
{
	const struct range day = { .kind = RANGE_DAY };
	const struct range week = { .kind = RANGE_WEEK };
	const struct range year = { .kind = RANGE_YEAR };
	const struct date_words *en = date_words_find("en");
	char text[DATES_TEXT];

	(void)state;
	check_text("day", dates_time(text, &day, local(6, 10, 18, 35), en),
		   "18:35");
	check_text("week", dates_time(text, &week, local(6, 10, 18, 35), en),
		   "Wed 18:35");
	check_text("hours",
		   dates_stretch(text, local(6, 10, 9, 5), local(6, 10, 10, 25),
				 en),
		   "09:05–10:25");
	check_text(
		"to midnight",
		dates_stretch(text, local(6, 10, 9, 5), local(6, 11, 0, 0), en),
		"09:05–00:00");
	check_text("over midnight",
		   dates_stretch(text, local(6, 10, 23, 0), local(6, 11, 1, 0),
				 en),
		   "10–11 Jun");
	check_text("whole days",
		   dates_days(text, &year, local(6, 1, 0, 0),
			      local(11, 28, 0, 0), en),
		   "1 Jun–27 Nov");
	check_text("one day",
		   dates_days(text, &year, local(6, 1, 0, 0), local(6, 2, 0, 0),
			      en),
		   "1 Jun");
	check_text("weekdays",
		   dates_days(text, &week, local(6, 8, 0, 0),
			      local(6, 13, 0, 0), en),
		   "Mon–Fri");
	check_text("day", dates_day(text, local(6, 1, 12, 0), en), "1 June");
}

static void earlier_ranges_are_found_by_the_calendar(void **state)
{
	static const struct {
		enum range_kind kind;
		struct civil date;
		const char *before, *year_before;
		/* clang-format off */
	} cases[] = {
		{ RANGE_DAY, { .year = 2026, .month = 3, .day = 1 },
		  "Saturday 28 February 2026", "Saturday 1 March 2025" },
		{ RANGE_WEEK, { .year = 2026, .month = 1, .day = 1 },
		  "week 52, 22–28 December 2025", "week 1, 30 Dec 2024–5 Jan 2025" },
		{ RANGE_MONTH, { .year = 2026, .month = 1, .day = 1 },
		  "December 2025", "January 2025" },
		{ RANGE_YEAR, { .year = 2026, .month = 1, .day = 1 },
		  "2025", "2025" },
	};
	/* clang-format on */
	const struct date_words *en = date_words_find("en");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct range r = range_holding(cases[i].kind, &cases[i].date);
		struct range before = range_before(&r);
		struct range year = range_year_before(&r);
		char text[DATES_TEXT];

		check_text("before", dates_title(text, &before, en, false),
			   cases[i].before);
		check_text("a year before", dates_title(text, &year, en, false),
			   cases[i].year_before);
	}
}

/* A struct of words holds texts only. */
static void every_language_has_every_word(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(date_words); i++) {
		const struct date_words *w = &date_words[i];

		for (const char *const *t = &w->code; t <= &w->week; t++)
			assert_non_null(*t);
		assert_ptr_equal(date_words_find(w->code), w);
	}
	assert_null(date_words_find("de"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_language_has_every_word),
		cmocka_unit_test(ranges_have_local_ends_and_titles),
		cmocka_unit_test(a_date_must_name_its_range),
		cmocka_unit_test(titles_are_short_or_dutch),
		cmocka_unit_test(times_and_stretches_are_said_briefly),
		cmocka_unit_test(earlier_ranges_are_found_by_the_calendar),
	};

	return cmocka_run_group_tests_name("range", tests, amsterdam, NULL);
}
