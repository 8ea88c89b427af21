#include "tests/check.h"

#include "base/span.h"
#include "sim/zone.h"

static int64_t at(const char *text)
{
	int64_t utc = 0;

	if (!utc_parse(span_of(text), &utc))
		fail_msg("%s is not a time", text);
	return utc;
}

static void both_nights(void **state)
{
	static const struct {
		const char *utc;
		int base;
		bool winter;
		const char *local;
		bool summer;
	} cases[] = {
		{ "2025-03-30T00:59:59Z", 3600, false, "2025-03-30T01:59:59Z",
		  false },
		{ "2025-03-30T01:00:00Z", 3600, false, "2025-03-30T03:00:00Z",
		  true },
		{ "2025-10-26T00:59:59Z", 3600, false, "2025-10-26T02:59:59Z",
		  true },
		{ "2025-10-26T01:00:00Z", 3600, false, "2025-10-26T02:00:00Z",
		  false },
		/* the last day of the month is a Sunday */
		{ "2024-03-31T01:00:00Z", 3600, false, "2024-03-31T03:00:00Z",
		  true },
		{ "2024-10-27T00:59:59Z", 3600, false, "2024-10-27T02:59:59Z",
		  true },
		/* the 25th, the earliest possible */
		{ "2029-03-25T00:59:59Z", 3600, false, "2029-03-25T01:59:59Z",
		  false },
		{ "2029-03-25T01:00:00Z", 3600, false, "2029-03-25T03:00:00Z",
		  true },
		{ "2025-12-31T23:00:00Z", 3600, false, "2026-01-01T00:00:00Z",
		  false },
		{ "2025-07-01T12:00:00Z", 7200, false, "2025-07-01T15:00:00Z",
		  true },
		{ "2025-07-01T12:00:00Z", 3600, true, "2025-07-01T13:00:00Z",
		  false },
		{ "2025-07-01T12:00:00Z", 0, false, "2025-07-01T13:00:00Z",
		  true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct zone z = { cases[i].base, cases[i].winter, false };
		struct civil c = zone_local(&z, at(cases[i].utc));
		char text[UTC_TEXT];

		check_text(cases[i].utc, utc_format(text, utc_from_civil(&c)),
			   cases[i].local);
		check_int(cases[i].utc, zone_summer(&z, at(cases[i].utc)),
			  cases[i].summer);
	}
}

static void months_begin_at_local_midnight(void **state)
{
	static const struct {
		const char *utc, *start;
	} cases[] = {
		{ "2025-01-15T12:00:00Z", "2024-12-31T23:00:00Z" },
		{ "2025-03-31T12:00:00Z", "2025-02-28T23:00:00Z" },
		{ "2025-04-01T12:00:00Z", "2025-03-31T22:00:00Z" },
		{ "2025-03-31T22:00:00Z", "2025-03-31T22:00:00Z" },
		{ "2025-03-31T21:59:59Z", "2025-02-28T23:00:00Z" },
		{ "2025-10-31T22:59:59Z", "2025-09-30T22:00:00Z" },
		{ "2025-11-01T00:00:00Z", "2025-10-31T23:00:00Z" },
	};
	struct zone z = { 3600, false, false };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_int(cases[i].utc, zone_month_start(&z, at(cases[i].utc)),
			  at(cases[i].start));
}

static void days_have_names(void **state)
{
	(void)state;
	check_int("Thursday", zone_weekday(0), 4);
	check_int("Sunday", zone_weekday(at("2025-03-30T00:00:00Z") / 86400),
		  0);
	check_int("Saturday", zone_weekday(at("2026-11-21T00:00:00Z") / 86400),
		  6);
}

static void letters_may_be_wrong(void **state)
{
	const struct zone right = { .base = 0 };
	const struct zone wrong = { .base = 0, .wrong_letter = true };
	enum { WINTER = 1736899200, SUMMER = 1752537600 };

	(void)state;
	check_int("winter", zone_letter(&right, WINTER), 'W');
	check_int("summer", zone_letter(&right, SUMMER), 'S');
	check_int("winter, wrong", zone_letter(&wrong, WINTER), 'S');
	check_int("summer, wrong", zone_letter(&wrong, SUMMER), 'W');
	check_int("the hour is right", zone_offset(&wrong, SUMMER), 3600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_nights),
		cmocka_unit_test(months_begin_at_local_midnight),
		cmocka_unit_test(days_have_names),
		cmocka_unit_test(letters_may_be_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
