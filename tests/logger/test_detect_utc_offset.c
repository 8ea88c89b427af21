#include "base/span.h"
#include "logger/detect_utc_offset.h"
#include "tests/check.h"

enum { NOW = 1700000000, STEP = 10 };

/*
 * Pass the same skew every ten seconds. Returns after how many seconds the
 * offset was found.
 */
static int found_after(struct utc_offset *o, int base, int64_t skew,
		       int seconds)
{
	for (int t = 0; t <= seconds; t += STEP)
		if (utc_offset_see(o, base, skew, NOW + t))
			return t;
	return -1;
}

static void a_whole_hour_that_lasts_is_a_country(void **state)
{
	static const struct {
		const char *name;
		int base; /* offset used to read the times */
		int skew;
		int want; /* -1: nothing is found */
	} cases[] = {
		{ "Dutch, in step", HOUR_S, 0, -1 },
		{ "Dutch, two minutes behind", HOUR_S, -120, -1 },
		{ "Finnish, read as Dutch", HOUR_S, HOUR_S, 2 * HOUR_S },
		{ "Finnish, two minutes ahead", HOUR_S, HOUR_S + 120,
		  2 * HOUR_S },
		{ "Finnish, read right", 2 * HOUR_S, 0, -1 },
		{ "Irish, read as Dutch", HOUR_S, -HOUR_S, 0 },
		{ "Irish that says S in winter, read as Dutch", HOUR_S,
		  -2 * HOUR_S, -1 },
		{ "Irish that says S in winter", 0, -HOUR_S, -1 },
		{ "Finnish that says W in summer", 2 * HOUR_S, HOUR_S, -1 },
		{ "Dutch, read as Finnish", 2 * HOUR_S, -HOUR_S, HOUR_S },
		{ "half an hour off", HOUR_S, 1800, -1 },
		{ "reset to 2000", HOUR_S, -700000000, -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct utc_offset o = { 0 };
		int t = found_after(&o, cases[i].base, cases[i].skew, 3600);

		check_int(cases[i].name, t >= 0, cases[i].want >= 0);
		check_int(cases[i].name, o.known, cases[i].want >= 0);
		if (t >= 0)
			check_int(cases[i].name, o.base, cases[i].want);
	}
}

static void it_must_last_and_be_the_same(void **state)
{
	struct utc_offset o = { 0 };

	(void)state;
	check_int("soon", found_after(&o, HOUR_S, HOUR_S, 500), -1);
	assert_false(utc_offset_see(&o, HOUR_S, 0, NOW + 510)); /* right once */
	assert_false(utc_offset_see(&o, HOUR_S, HOUR_S, NOW + 520));
	assert_false(utc_offset_see(&o, HOUR_S, HOUR_S, NOW + 1050));
	assert_true(utc_offset_see(&o, HOUR_S, HOUR_S, NOW + 1060));
	assert_false(utc_offset_see(&o, 2 * HOUR_S, 0, NOW + 1070));
	check_int("stays", o.base, 2 * HOUR_S);
}

static void three_runs_of_once_suffice(void **state)
{
	struct utc_offset o = { 0 };

	(void)state;
	assert_false(utc_offset_see(&o, HOUR_S, HOUR_S, NOW));
	assert_false(utc_offset_see(&o, HOUR_S, HOUR_S, NOW + 301));
	assert_true(utc_offset_see(&o, HOUR_S, HOUR_S, NOW + 599));
	assert_true(o.known);
}

static void what_the_user_says_counts(void **state)
{
	const struct utc_offset found = { .known = true, .base = 2 * HOUR_S };
	const struct utc_offset none = { 0 };
	struct reader_options said = { .base_known = true }, how = { 0 };

	(void)state;
	check_int("said", utc_offset_use(&found, &said).base, 0);
	check_int("found", utc_offset_use(&found, &how).base, 2 * HOUR_S);
	check_int("neither", utc_offset_use(&none, &how).base_known, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_hour_that_lasts_is_a_country),
		cmocka_unit_test(it_must_last_and_be_the_same),
		cmocka_unit_test(three_runs_of_once_suffice),
		cmocka_unit_test(what_the_user_says_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
