/* Who makes room when there are too many. */
#include "base/span.h"
#include "tests/check.h"
#include "web/door.h"

static char a, b, c;

static void test_longest_silent_first(void **state)
{
	struct door d = { 0 };

	(void)state;
	assert_null(door_silent(&d, 100, 0));
	door_active(&d, &a, 0);
	door_active(&d, &b, 10);
	door_active(&d, &c, 20);
	assert_int_equal(d.guests, 3);
	assert_ptr_equal(door_silent(&d, 100, 100), &a);
	assert_null(door_silent(&d, 99, 100));
	door_active(&d, &a, 30);
	assert_int_equal(d.guests, 3);
	assert_ptr_equal(door_silent(&d, 110, 100), &b);
	door_clear(&d);
	assert_int_equal(d.guests, 0);
	assert_null(door_silent(&d, 1000, 0));
}

static void test_leaving(void **state)
{
	/* The first, one within, the last, and who is not there. */
	/* clang-format off */
	char *const orders[][3] = {
		{&a, &b, &c}, {&b, &c, &a}, {&c, &b, &a}, {&b, &a, &c},
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < COUNT(orders); i++) {
		struct door d = { 0 };

		door_active(&d, &a, 1);
		door_active(&d, &b, 2);
		door_active(&d, &c, 3);
		door_leave(&d, orders[i][0]);
		door_leave(&d, orders[i][0]);
		assert_int_equal(d.guests, 2);
		door_leave(&d, orders[i][1]);
		assert_ptr_equal(door_silent(&d, 9, 0), orders[i][2]);
		door_leave(&d, orders[i][2]);
		assert_int_equal(d.guests, 0);
		door_active(&d, &b, 4);
		assert_ptr_equal(door_silent(&d, 9, 0), &b);
		door_clear(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_longest_silent_first),
		cmocka_unit_test(test_leaving),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
