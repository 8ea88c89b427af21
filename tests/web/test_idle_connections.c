/* Which connections are closed when there are too many. */
#include "base/span.h"
#include "tests/check.h"
#include "web/idle_connections.h"

static char a, b, c;

static void test_longest_silent_first(void **state)
{
	struct idle_connections d = { 0 };

	(void)state;
	assert_null(idle_connections_silent(&d, 100, 0));
	idle_connections_active(&d, &a, 0);
	idle_connections_active(&d, &b, 10);
	idle_connections_active(&d, &c, 20);
	assert_int_equal(d.guests, 3);
	assert_ptr_equal(idle_connections_silent(&d, 100, 100), &a);
	assert_null(idle_connections_silent(&d, 99, 100));
	idle_connections_active(&d, &a, 30);
	assert_int_equal(d.guests, 3);
	assert_ptr_equal(idle_connections_silent(&d, 110, 100), &b);
	idle_connections_clear(&d);
	assert_int_equal(d.guests, 0);
	assert_null(idle_connections_silent(&d, 1000, 0));
}

static void test_leaving(void **state)
{
	/*
	 * The first, one in the middle, the last, and one that is not listed.
	 */
	/* clang-format off */
	char *const orders[][3] = {
		{&a, &b, &c}, {&b, &c, &a}, {&c, &b, &a}, {&b, &a, &c},
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < COUNT(orders); i++) {
		struct idle_connections d = { 0 };

		idle_connections_active(&d, &a, 1);
		idle_connections_active(&d, &b, 2);
		idle_connections_active(&d, &c, 3);
		idle_connections_leave(&d, orders[i][0]);
		idle_connections_leave(&d, orders[i][0]);
		assert_int_equal(d.guests, 2);
		idle_connections_leave(&d, orders[i][1]);
		assert_ptr_equal(idle_connections_silent(&d, 9, 0),
				 orders[i][2]);
		idle_connections_leave(&d, orders[i][2]);
		assert_int_equal(d.guests, 0);
		idle_connections_active(&d, &b, 4);
		assert_ptr_equal(idle_connections_silent(&d, 9, 0), &b);
		idle_connections_clear(&d);
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
