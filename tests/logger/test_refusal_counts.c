/* The description of refused telegrams. */
#include <string.h>

#include "logger/refusal_counts.h"
#include "tests/check.h"

static void refusals_are_named_in_order(void **state)
{
	struct refusal_counts r = { 0 };
	char text[REFUSAL_COUNTS_TEXT];

	(void)state;
	check_text("none", refusal_counts_text(text, &r), "");
	r.of[REFUSED_CUT] = 1;
	r.of[REFUSED_CRC] = 2;
	check_text("two", refusal_counts_text(text, &r), "crc 2, cut 1");
	check_int("sum", refusal_counts_sum(&r), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refusals_are_named_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
