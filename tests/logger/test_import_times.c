/* The argument of --time-from. */
#include <string.h>

#include "base/localday.h"
#include "base/span.h"
#include "logger/import_times.h"
#include "tests/check.h"

static void time_from_is_read_or_refused(void **state)
{
	static const struct {
		const char *text;
		int rc;
		enum timefrom_kind kind;
		int64_t first, step;
	} cases[] = {
		{ "2013-01-05T10:00:00Z+10", 0, TIMEFROM_STAMP, 1357380000,
		  10 },
		{ "2013-01-05T11:00:00+60", 0, TIMEFROM_STAMP, 1357380000, 60 },
		{ "mtime", 0, TIMEFROM_MTIME, 0, 10 },
		{ "mtime+60", 0, TIMEFROM_MTIME, 0, 60 },
		{ "2013-01-05T10:00:00Z", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
		{ "2013-02-30T10:00:00Z+10", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
		{ "mtime+0", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
		{ "mtime+x", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
		{ "", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
		{ "yesterday+10", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
	};
	struct err e;

	(void)state;
	assert_int_equal(localday_use("Europe/Amsterdam", &e), 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct timefrom t = { 0 };

		check_int(cases[i].text, timefrom_parse(cases[i].text, &t, &e),
			  cases[i].rc);
		if (cases[i].rc < 0)
			continue;
		check_int(cases[i].text, t.kind, cases[i].kind);
		check_int(cases[i].text, t.first, cases[i].first);
		check_int(cases[i].text, t.step, cases[i].step);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_from_is_read_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
