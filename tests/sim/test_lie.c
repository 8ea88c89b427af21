#include "tests/check.h"

#include <string.h>

#include "base/span.h"
#include "sim/lie.h"

enum { START = 1736899200 }; /* 2025-01-15T00:00:00Z */

static struct display a_face(int64_t utc)
{
	struct display f = { .utc = utc, .phases = 3, .devices = 1 };

	for (int i = 0; i < DISPLAY_COUNT; i++)
		f.value[i] = 2000000 + i;
	f.device[0] = (struct display_device){ .medium = DISPLAY_GAS,
					       .channel = 1,
					       .has_value = true,
					       .utc = utc - utc % 3600,
					       .value = 1234567 };
	return f;
}

static struct lies *lies_of(const char *text)
{
	struct lies *l = lies_new();
	struct err e = { 0 };

	assert_non_null(l);
	lies_seed(l, 42);
	assert_true(lies_know(text));
	if (lies_add(l, text, &e) < 0)
		fail_msg("%s", e.text);
	return l;
}

/* Count the false minutes of a day, and note the false columns. */
static int false_minutes(const char *fault, const char *dialect,
			 const char *column)
{
	const struct dialect *d = dialect_find(dialect);
	struct lies *l = lies_of(fault);
	int n = 0;

	for (int64_t utc = START; utc < START + 86400; utc += 60) {
		struct display f = a_face(utc), was = f;
		struct lie lie;
		const struct display *said = lies_tell(l, d, &f, &lie);

		assert_memory_equal(&f, &was, sizeof(f));
		if (lie.kind == NULL) {
			assert_ptr_equal(said, &f);
			assert_string_equal(lie.columns, "");
			continue;
		}
		assert_memory_not_equal(said, &f, sizeof(f));
		if (strstr(lie.columns, column) == NULL)
			fail_msg("%s: %s is false", fault, lie.columns);
		n++;
	}
	lies_free(l);
	return n;
}

static void each_lasts_as_long_as_it_says(void **state)
{
	static const struct {
		const char *fault, *dialect, *column;
		int minutes;
	} cases[] = {
		{ "gaszero=2025-01-15T10:00:00Z", "nl50", "gas_dm3", 60 },
		{ "gaszero=2025-01-15T10:00:00Z+5m", "be", "gas_dm3", 5 },
		{ "gasjump=2025-01-15T23:30:00Z", "nl22", "gas_dm3", 30 },
		{ "gasjump=2025-01-16", "nl50", "", 0 },
		{ "gasjump=2025-01-14T23:30:00Z", "nl50", "gas_dm3", 30 },
		{ "gaszero=0", "nl50", "", 0 },
		{ "back=2025-01-15T10:00:01Z", "nl50", "_wh", 1 },
		{ "back=2025-01-15T10:00:00Z+1h", "se", "_total_wh", 60 },
		{ "jump=1", "at", "_wh", 1440 },
		{ "jump=1", "heat", "", 0 },
		{ "year2000=2025-01-15T10:00:00Z", "nl50", "utc", 10 },
		{ "year2000=2025-01-15T10:00:00Z", "nl30", "", 0 },
		{ "letter=1", "ie", "utc", 1440 },
		{ "letter=1", "nl22", "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_int(cases[i].fault,
			  false_minutes(cases[i].fault, cases[i].dialect,
					cases[i].column),
			  cases[i].minutes);
}

static void by_chance_of_the_seed(void **state)
{
	(void)state;
	assert_in_range(false_minutes("back=0.1", "nl50", "_wh"), 100, 200);
	assert_in_range(false_minutes("gaszero=0.02", "nl50", "gas_dm3"), 200,
			1200);
}

static void what_they_say(void **state)
{
	const struct dialect *d = dialect_find("nl50");
	const struct display f = a_face(START);
	struct lie lie;
	struct lies *l = lies_of("gaszero=1");

	(void)state;
	assert_int_equal(lies_tell(l, d, &f, &lie)->device[0].value, 0);
	assert_string_equal(lie.kind, "gaszero");
	lies_free(l);
	l = lies_of("gasjump=1");
	assert_int_equal(lies_tell(l, d, &f, &lie)->device[0].value, 3034567);
	lies_free(l);
	l = lies_of("year2000=1"); /* the local clock starts with the year */
	assert_int_equal(lies_tell(l, d, &f, &lie)->utc, 946681200);
	lies_free(l);
}

static void two_at_once(void **state)
{
	const struct dialect *d = dialect_find("nl50");
	const struct display f = a_face(START);
	struct lies *l = lies_of("year2000=1");
	struct lie lie;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(lies_add(l, "gasjump=1", &e), 0);
	assert_int_equal(lies_add(l, "gaszero=1", &e), 0);
	lies_tell(l, d, &f, &lie);
	assert_string_equal(lie.kind, "gaszero");
	assert_string_equal(lie.columns, "gas_dm3 utc");
	lies_free(l);
}

static void wrong_ones_are_named(void **state)
{
	static const char *const cases[] = {
		"back",
		"back=",
		"back=2",
		"back=-1",
		"back=noon",
		"back=2025-02-30",
		"back=2025-01-15+0s",
		"jump=0.1+1h",
		"flip=0.1",
	};
	struct lies *l = lies_new();

	(void)state;
	assert_false(lies_know("flip=0.1"));
	assert_false(lies_know("backs=0.1"));
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };

		check_int(cases[i], lies_add(l, cases[i], &e), ERR_USAGE);
		assert_true(e.text[0] != '\0');
	}
	lies_free(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_lasts_as_long_as_it_says),
		cmocka_unit_test(by_chance_of_the_seed),
		cmocka_unit_test(what_they_say),
		cmocka_unit_test(two_at_once),
		cmocka_unit_test(wrong_ones_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
