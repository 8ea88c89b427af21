/*
 * Counters that begin anew, in whatever order their readings come: the
 * same consumption.
 */
#include "tests/storage/house.h"

enum { STEP = 300, READINGS = 24, END = 100000000 };

#define BEGIN "2026-05-01T00:00:00Z"

/* Electricity and gas, each over the end of its counter at its own time. */
static struct reading house_at(int i)
{
	int64_t ts = at(BEGIN) + (int64_t)i * STEP;
	struct reading r =
		reading_of("M1", ts, (END - 700 + i * 80) % END, 2000000);

	r.raw = SPAN("/TST5\r\n\r\nas sent\r\n!\r\n");
	with_gas(&r, 1, "G1", ts, (END - 600 + i * 40) % END);
	return r;
}

/* i-th of all, in an order of its own. */
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
			struct house h;

			print_message("# order %zu, each %d\n", o, each);
			judged_house(&h);
			for (int i = 0; i < READINGS; i++) {
				struct reading r = house_at(orders[o](i));

				assert_int_equal(put_judged(&h, &r), 1);
				if (each)
					commit(&h);
			}
			commit(&h);
			check_sql(&h, "SELECT count(*) FROM quarantine", "0");
			check_sql(&h,
				  "SELECT sum(import_wh), sum(gas_dm3), "
				  "min(import_wh), min(gas_dm3) FROM hourly_wh",
				  "1840|920|880|440");
			house_gone(&h);
		}
}

/* Both counters fall to near 0 in the middle. */
static struct reading reset_at(int i)
{
	struct reading r = house_at(0);
	int since = i < READINGS / 2 ? i : i - READINGS / 2;
	int64_t began = i < READINGS / 2 ? 5000000 : 100;

	r.time.utc += (int64_t)i * STEP;
	r.value[Q_IMPORT_T1] = began + since * 80;
	with_gas(&r, 1, "G1", r.time.utc, began + since * 40);
	return r;
}

static void put_reset(struct house *h, int step)
{
	for (int i = 0; i < READINGS; i += step) {
		struct reading r = reset_at(i);

		put_judged(h, &r);
	}
	commit(h);
}

static void accept_first(struct house *h, const char *of)
{
	struct err e = { 0 };
	char sql[128];

	snprintf(sql, sizeof(sql),
		 "SELECT min(id) FROM quarantine WHERE channel = %s", of);
	must(journal_accept(h->journal, atoi(ask(h, sql)), &e), &e);
}

/* What lies behind the begin comes again, and more that lies between. */
static void what_a_person_accepted_may_come_again(void **state)
{
	struct house h;

	(void)state;
	judged_house(&h);
	put_reset(&h, 2);
	accept_first(&h, "0");
	accept_first(&h, "1");
	check_sql(&h, "SELECT count(*) FROM quarantine", "0");
	put_reset(&h, 1);
	check_sql(&h, "SELECT count(*) FROM quarantine", "0");
	check_sql(&h, "SELECT count(*) FROM electricity", "24");
	check_sql(&h, "SELECT sum(import_wh), sum(gas_dm3) FROM daily_wh",
		  "1760|880");
	house_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order_counts_the_same),
		cmocka_unit_test(what_a_person_accepted_may_come_again),
	};

	return cmocka_run_group_tests_name("roll", tests, NULL, NULL);
}
