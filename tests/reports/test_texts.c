/* Times that a person may write, the names of periods, and numbers. */
#include "tests/check.h"

#include <string.h>

#include "base/localday.h"
#include "base/span.h"
#include "reports/number_text.h"
#include "reports/parse_moment.h"
#include "reports/report_languages.h"
#include "reports/step.h"

#define NOW "2026-11-21T13:05:10Z" /* Saturday, 14:05:10 */

static int amsterdam(void **state)
{
	struct err e = { 0 };

	(void)state;
	return localday_use("Europe/Amsterdam", &e);
}

static int64_t at(const char *iso)
{
	int64_t t = 0;

	if (!utc_parse(span_of(iso), &t))
		fail_msg("%s is not a time", iso);
	return t;
}

static void moments(void **state)
{
	static const struct {
		const char *text, *start, *end;
	} cases[] = {
		{ "now", NOW, NOW },
		{ "2026-03-10T11:36:10Z", "2026-03-10T11:36:10Z",
		  "2026-03-10T11:36:10Z" },
		{ "2026-03-10 12:36", "2026-03-10T11:36:00Z",
		  "2026-03-10T11:36:00Z" },
		{ "2026-03-10T12:36:10", "2026-03-10T11:36:10Z",
		  "2026-03-10T11:36:10Z" },
		{ "2026-10-25 02:30", "2026-10-25T00:30:00Z",
		  "2026-10-25T00:30:00Z" },
		{ "2026-10-25 02:30+01:00", "2026-10-25T01:30:00Z",
		  "2026-10-25T01:30:00Z" },
		{ "2026-03-29 02:30", "2026-03-29T01:30:00Z",
		  "2026-03-29T01:30:00Z" },
		{ "2026-03-10", "2026-03-09T23:00:00Z",
		  "2026-03-10T23:00:00Z" },
		{ "2026-03-29", "2026-03-28T23:00:00Z",
		  "2026-03-29T22:00:00Z" },
		{ "2026-03", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z" },
		{ "2026", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z" },
		{ "today", "2026-11-20T23:00:00Z", "2026-11-21T23:00:00Z" },
		{ "yesterday", "2026-11-19T23:00:00Z", "2026-11-20T23:00:00Z" },
	};
	static const char *const wrong[] = {
		"",
		"noon",
		"2026-02-30",
		"2026-02-30 12:00",
		"2026-03-10 25:00",
		"2026-03-10 12:00:61",
		"2026-03-10 12:00x",
		"2026-03-10 12:00+1",
		"2026-03-10x12:00",
		"2026-03-10 12:00+01:00 ",
		"10-03-2026 12:00",
		"2026-03-10 12",
		"2026-03-10T11:36Zx",
		"2026-03-10 12:00+15:00",
	};
	struct err e = { 0 };
	int64_t t = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *text = cases[i].text;

		check_int(text, parse_moment(text, at(NOW), false, &t, &e), 0);
		check_int(text, t, at(cases[i].start));
		check_int(text, parse_moment(text, at(NOW), true, &t, &e), 0);
		check_int(text, t, at(cases[i].end));
	}
	for (size_t i = 0; i < COUNT(wrong); i++) {
		check_int(wrong[i],
			  parse_moment(wrong[i], at(NOW), false, &t, &e),
			  ERR_USAGE);
		assert_non_null(strstr(e.text, "is not a time"));
	}
}

static void periods_have_names(void **state)
{
	static const struct {
		enum step step;
		const char *start, *key, *name, *wide, *dutch;
	} cases[] = {
		{ STEP_QUARTER, "2026-03-29T01:15:00Z", "2026-03-29 03:15",
		  "03:15", "Sun 29 Mar 03:15", "zo 29 mrt 03:15" },
		{ STEP_HOUR, "2026-10-25T00:00:00Z", "2026-10-25 02:00",
		  "02:00", "Sun 25 Oct 02:00", "zo 25 okt 02:00" },
		{ STEP_HOUR, "2026-10-25T01:00:00Z", "2026-10-25 02:00+01:00",
		  "02:00+01:00", "Sun 25 Oct 02:00+01:00",
		  "zo 25 okt 02:00+01:00" },
		{ STEP_DAY, "2026-03-04T23:00:00Z", "2026-03-05", "Thu  5 Mar",
		  "Thu  5 Mar 2026", "do  5 mrt 2026" },
		{ STEP_WEEK, "2025-12-28T23:00:00Z", "2026-W01", "week 1",
		  "week 1 2026", "week 1 2026" },
		{ STEP_WEEK, "2026-12-27T23:00:00Z", "2026-W53", "week 53",
		  "week 53 2026", "week 53 2026" },
		{ STEP_MONTH, "2026-02-28T23:00:00Z", "2026-03", "March",
		  "Mar 2026", "mrt 2026" },
		{ STEP_YEAR, "2025-12-31T23:00:00Z", "2026", "2026", "2026",
		  "2026" },
	};
	char buf[STEP_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t t = at(cases[i].start);
		enum step step = cases[i].step;

		check_text(cases[i].key, step_key(buf, step, t), cases[i].key);
		check_text(cases[i].key,
			   step_name(buf, step, t, false, &date_words[0]),
			   cases[i].name);
		check_text(cases[i].key,
			   step_name(buf, step, t, true, &date_words[0]),
			   cases[i].wide);
		check_text(cases[i].key,
			   step_name(buf, step, t, true, &date_words[1]),
			   cases[i].dutch);
	}
	check_text("time", step_time(buf, at(NOW), true, &date_words[0]),
		   "Sat 21 Nov 14:05");
	check_text("time", step_time(buf, at(NOW), false, &date_words[1]),
		   "za 21 14:05");
}

static void numbers(void **state)
{
	static const struct {
		int64_t v;
		int scale, decimals;
		const char *text;
	} cases[] = {
		{ 0, 3, 3, "0.000" },
		{ 1234567, 3, 3, "1234.567" },
		{ 1234567, 3, 1, "1234.6" },
		{ 1234567, 3, 0, "1235" },
		{ -5, 3, 3, "-0.005" },
		{ -5, 3, 2, "-0.01" },
		{ -4, 3, 2, "0.00" },
		{ 999999, 3, 2, "1000.00" },
		{ 123, 0, 0, "123" },
		{ -123, 0, 0, "-123" },
		{ 1005000000, 9, 2, "1.01" },
		{ 45, 1, 1, "4.5" },
		{ 9223372036854775807, 9, 2, "9223372036.85" },
	};
	char buf[NUMBER_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(cases[i].text,
			   number_text(buf, cases[i].v, cases[i].scale,
				       cases[i].decimals, '.'),
			   cases[i].text);
	check_text("Dutch", number_text(buf, 1500, 3, 2, ','), "1,50");
}

/* Words of each kind are in all languages or in none. */
static void every_language_has_every_word(void **state)
{
	const struct report_words *en = &report_words[0];

	(void)state;
	for (size_t i = 0; i < COUNT(report_words); i++) {
		const struct report_words *w = &report_words[i];
		const char *const *first = &w->column[0];
		const char *const *last = &w->readings_note;

		assert_string_equal(w->code, date_words[i].code);
		assert_ptr_equal(w->dates, &date_words[i]);
		for (const char *const *text = first; text <= last; text++) {
			const char *const *english =
				&en->column[0] + (text - first);

			check_int(w->code, *text == NULL, *english == NULL);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments),
		cmocka_unit_test(periods_have_names),
		cmocka_unit_test(numbers),
		cmocka_unit_test(every_language_has_every_word),
	};

	return cmocka_run_group_tests_name("texts", tests, amsterdam, NULL);
}
