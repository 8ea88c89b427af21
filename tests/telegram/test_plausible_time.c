#include "base/span.h"
#include "telegram/plausible_time.h"
#include "tests/check.h"

#define Y2026 INT64_C(1780000000)
#define DAY 86400

static void times_that_cannot_be_are_refused(void **state)
{
	static const struct {
		const char *name;
		struct known_time clock;
		int64_t ts;
		bool want;
	} rows[] = {
		{ "now", { Y2026, true, INT64_MIN }, Y2026, true },
		{ "1970", { Y2026, true, INT64_MIN }, 0, false },
		{ "2000", { Y2026, true, INT64_MIN }, 946684800, false },
		{ "an archive", { Y2026, true, INT64_MIN }, 1300000000, true },
		{ "an hour ahead", { Y2026, true, 0 }, Y2026 + 3600, true },
		{ "two hours ahead", { Y2026, true, 0 }, Y2026 + 7200, false },
		{ "no RTC", { 1000, false, INT64_MIN }, Y2026, true },
		{ "no RTC, 2000",
		  { 1000, false, INT64_MIN },
		  946684800,
		  false },
		{ "off for a year",
		  { 1000, false, Y2026 },
		  Y2026 + 365 * DAY,
		  true },
		{ "24 years ahead",
		  { 1000, false, Y2026 },
		  Y2026 + 8765 * DAY,
		  false },
		{ "ahead of an old clock",
		  { Y2026, false, Y2026 - 9 * DAY },
		  Y2026 + 9 * DAY,
		  true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_int(rows[i].name,
			  plausible_time(&rows[i].clock, rows[i].ts),
			  rows[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_that_cannot_be_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
