/* The time that may be spent on one client. */
#include "base/span.h"
#include "tests/check.h"
#include "web/client_budget.h"

enum { A = 1001, B, C };

static void a_minute_s_part_then_none(void **state)
{
	struct client_budget b = { .percent = 25 }; /* 15 s of each minute */

	(void)state;
	assert_int_equal(client_budget_left_ms(&b, A, 7000), 15000);
	client_budget_spend(&b, A, 14999, 7000);
	assert_int_equal(client_budget_wait_s(&b, A, 7000), 0);
	client_budget_spend(&b, A, 1001, 7000);
	assert_int_equal(client_budget_left_ms(&b, A, 7000), -1000);
	/* A second of debt is paid back in four. */
	assert_int_equal(client_budget_wait_s(&b, A, 7000), 5);
	assert_int_equal(client_budget_wait_s(&b, A, 11000), 1);
	assert_int_equal(client_budget_wait_s(&b, A, 11001), 0);
	assert_int_equal(client_budget_left_ms(&b, B, 7000), 15000);
}

static void no_more_is_saved_than_a_minute_s(void **state)
{
	struct client_budget b = { .percent = 10 };

	(void)state;
	client_budget_spend(&b, A, 1000, 0);
	assert_int_equal(client_budget_left_ms(&b, A, 5000), 5500);
	assert_int_equal(client_budget_left_ms(&b, A, 10000), 6000);
	assert_int_equal(client_budget_left_ms(&b, A, INT64_C(100000000000)),
			 6000);
}

static void without_a_limit_and_without_a_client(void **state)
{
	struct client_budget none = { .percent = 1, .endless = true };
	struct client_budget b = { .percent = 1 };

	(void)state;
	client_budget_spend(&none, A, 1000000, 0);
	assert_int_equal(client_budget_wait_s(&none, A, 0), 0);
	assert_true(client_budget_left_ms(&none, A, 0) <
		    0); /* others are served first */
	client_budget_spend(&b, 0, 1000000, 0);
	assert_int_equal(client_budget_wait_s(&b, 0, 0), 0);
	assert_int_equal(client_budget_left_ms(&b, 0, 0), 600);
}

/* A client with a debt is remembered, however many others come. */
static void debts_are_not_forgotten(void **state)
{
	struct client_budget b = { .percent = 10 };

	(void)state;
	client_budget_spend(&b, A, 60000, 0);
	for (uint64_t who = 1; who < 1000; who++)
		client_budget_spend(&b, 5000 + who, 10, 0);
	assert_int_equal(client_budget_left_ms(&b, A, 0), -54000);
	client_budget_spend(&b, A, 1000, 0);
	assert_int_equal(client_budget_left_ms(&b, A, 0), -55000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_minute_s_part_then_none),
		cmocka_unit_test(no_more_is_saved_than_a_minute_s),
		cmocka_unit_test(without_a_limit_and_without_a_client),
		cmocka_unit_test(debts_are_not_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
