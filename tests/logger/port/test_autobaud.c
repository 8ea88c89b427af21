/* When another speed is tried. */
#include <string.h>

#include "logger/port/autobaud.h"
#include "tests/check.h"

static void garbage_changes_the_speed_after_its_burst(void **state)
{
	struct autobaud t = { 0 };
	char bytes[64];

	(void)state;
	memset(bytes, 0x80, sizeof(bytes));
	autobaud_begin(&t, 1000);
	autobaud_hear(&t, bytes, sizeof(bytes), 2000);
	assert_false(autobaud_turn(&t, 2400));
	check_int("due", autobaud_due(&t), 2500);
	assert_true(autobaud_turn(&t, 2500));
	check_int("next", t.speed, 1);
}

static void text_waits_for_the_next_telegram(void **state)
{
	static const char text[] = "1-0:1.8.1(000123.456*kWh)\r\n!12";
	struct autobaud t = { .speed = 1 };

	(void)state;
	autobaud_begin(&t, 1000);
	autobaud_hear(&t, text, sizeof(text) - 1, 1100);
	assert_false(autobaud_turn(&t, 12900));
	assert_true(autobaud_turn(&t, 13000));
	check_int("next", t.speed, 2);
	autobaud_begin(&t, 13000);
	assert_true(autobaud_turn(&t, 25000));
	check_int("the first again", t.speed, 0);
}

/* The end of a Hungarian telegram; a complete one would no longer be text. */
static void bytes_of_ones_are_not_garbage(void **state)
{
	struct autobaud t = { 0 };
	char bytes[1100];

	(void)state;
	memset(bytes, 0xFF, sizeof(bytes));
	memcpy(bytes + 1024, ")\r\n!EB56\r\n", 11);
	autobaud_begin(&t, 1000);
	autobaud_hear(&t, bytes, 1035, 1100);
	assert_false(autobaud_turn(&t, 12900));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(garbage_changes_the_speed_after_its_burst),
		cmocka_unit_test(text_waits_for_the_next_telegram),
		cmocka_unit_test(bytes_of_ones_are_not_garbage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
