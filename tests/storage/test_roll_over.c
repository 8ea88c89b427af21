/*
 * Counters that roll over give the same consumption in any order of readings.
 */
#include "tests/storage/db_fixture.h"

enum { STEP = 300, READINGS = 24, END = 100000000 };

#define BEGIN "2026-05-01T00:00:00Z"

/* Electricity and gas roll over, each at its own time. */
static struct reading house_at(int i)
{
	int64_t ts = at(BEGIN) + (int64_t)i * STEP;
	struct reading r =
		reading_of("M1", ts, (END - 700 + i * 80) % END, 2000000);

	r.raw = SPAN("/TST5\r\n\r\nas sent\r\n!\r\n");
	with_gas(&r, 1, "G1", ts, (END - 600 + i * 40) % END);
	return r;
}

/* The index of the i-th reading in some order. */
typedef int order(int i);

static int forwards(int i)
{
	return i;
}

static int backwards(int i)
{
	return READINGS - 1 - i;
}

static int newer_half_first(int i)
{
	return (i + READINGS / 2) % READINGS;
}

static int to_and_fro(int i)
{
	return i * 7 % READINGS;
}

static order *const orders[] = { forwards, backwards, newer_half_first,
				 to_and_fro };

static void any_order_counts_the_same(void **state)
{
	(void)state;
	for (size_t o = 0; o < COUNT(orders); o++)
		for (int each = 0; each <= 1; each++) {
			struct db_fixture h;

			print_message("# order %zu, each %d\n", o, each);
			judged_house(&h);
			for (int i = 0; i < READINGS; i++) {
				struct reading r = house_at(orders[o](i));

				take(&h, &r);
				if (each)
					commit(&h);
			}
			commit(&h);
			check_sql(&h, "SELECT count(*) FROM quarantine", "0");
			check_sql(&h,
				  "SELECT sum(import_wh), sum(gas_dm3), "
				  "min(import_wh), min(gas_dm3) FROM hourly_wh",
				  "1840|920|880|440");
			db_fixture_gone(&h);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order_counts_the_same),
	};

	return cmocka_run_group_tests_name("roll", tests, NULL, NULL);
}
