/*
 * Streams whose first readings are false, or that have zeros repeatedly: every
 * true reading is accepted, in one commit or in many.
 */
#include "tests/storage/db_fixture.h"

enum { STEP = 300, READINGS = 96 };

#define BEGIN "2026-05-01T00:00:00Z"

/* 1 kW; hourly gas, so that each gas time is sent twelve times. */
static struct reading house_at(int i)
{
	int64_t ts = at(BEGIN) + (int64_t)i * STEP;
	struct reading r = reading_of("M1", ts, 1000000 + i * 83, 2000000);

	r.raw = SPAN("/TST5\r\n\r\nas sent\r\n!\r\n");
	with_gas(&r, 1, "G1", ts - ts % 3600, 1621615 + i / 12 * 500);
	return r;
}

struct false_readings {
	const char *title;
	int from, to; /* the false readings */
	bool is_gas,
		is_added; /* of gas; added to the true value, else in its place */
	int64_t value;
};

static void put_from_to(struct db_fixture *h, const struct false_readings *lie,
			int from, int to, bool each)
{
	for (int i = from; i < to; i++) {
		struct reading r = house_at(i);
		int64_t *v =
			lie->is_gas ? &r.mbus[0].value : &r.value[Q_IMPORT_T1];

		if (i >= lie->from && i < lie->to)
			*v = (lie->is_added ? *v : 0) + lie->value;
		if (i >= lie->from && i < lie->to && !lie->is_gas &&
		    !lie->is_added)
			r.value[Q_IMPORT_T2] = lie->value;
		take(h, &r);
		if (each)
			commit(h);
	}
	commit(h);
}

/* Check that every row is true, and none is missing except the false ones. */
static void check_rows(const struct db_fixture *h,
		       const struct false_readings *lie)
{
	char want[64];
	int told = lie->is_gas ? 0 : lie->to - lie->from;

	snprintf(want, sizeof(want), "%d|0", READINGS - told);
	check_sql(h,
		  "SELECT count(*), coalesce(sum(import_t1_wh - 1000000 <> "
		  "(ts - unixepoch('" BEGIN "')) / 300 * 83), 0) "
		  "FROM electricity",
		  want);
	check_sql(h,
		  "SELECT count(*), coalesce(sum(value - 1621615 <> "
		  "(ts - unixepoch('" BEGIN "')) / 3600 * 500), 0) FROM mbus",
		  "8|0");
	check_sql(h, "SELECT sum(gas_dm3) FROM hourly_wh", "3500");
	snprintf(want, sizeof(want), "%d",
		 (READINGS - 1 - (lie->from == 0 ? told : 0)) * 83);
	check_sql(h, "SELECT sum(import_wh) FROM daily_wh", want);
}

/* clang-format off */
static const struct false_readings starts[] = {
	{ "electricity zero at first", 0, 3, false, false, 0 },
	{ "gas zero at first, and then the truth in the same stamp",
	  0, 3, true, false, 0 },
	{ "gas too high at first", 0, 1, true, true, 1800000 },
};
static const struct false_readings amid[] = {
	{ "electricity too high", 20, 22, false, true, 900000 },
	{ "gas too high at the start of a stamp", 24, 27, true, true, 1800000 },
};
/* clang-format on */

static void a_lie_at_the_start(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(starts); i++)
		for (int each = 0; each <= 1; each++) {
			struct db_fixture h;

			print_message("# %s\n", starts[i].title);
			judged_house(&h);
			put_from_to(&h, &starts[i], 0, READINGS, each);
			check_rows(&h, &starts[i]);
			db_fixture_verified(&h);
			db_fixture_gone(&h);
		}
}

static void a_lie_that_comes_before_all_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(amid); i++)
		for (int each = 0; each <= 1; each++) {
			const struct false_readings *l = &amid[i];
			struct db_fixture h;

			print_message("# %s\n", l->title);
			judged_house(&h);
			put_from_to(&h, l, l->from, l->to, each);
			put_from_to(&h, l, 0, l->from, each);
			put_from_to(&h, l, l->to, READINGS, each);
			check_rows(&h, l);
			db_fixture_verified(&h);
			db_fixture_gone(&h);
		}
}

/*
 * It falls to 0 repeatedly, for the first time after the meter's first reading.
 */
static void zeros_that_come_back_agree_with_nobody(void **state)
{
	(void)state;
	for (int each = 0; each <= 1; each++) {
		struct db_fixture h;

		judged_house(&h);
		for (int i = 0; i < READINGS; i++) {
			struct reading r = house_at(i);

			if (i % 20 == 1) {
				r.value[Q_IMPORT_T1] = r.value[Q_IMPORT_T2] = 0;
				with_gas(&r, 1, "G1", r.time.utc, 0);
			}
			take(&h, &r);
			if (each)
				commit(&h);
		}
		commit(&h);
		check_sql(&h,
			  "SELECT count(*), min(import_t1_wh) FROM electricity",
			  "91|1000000");
		check_sql(&h, "SELECT count(*), min(value) FROM mbus",
			  "8|1621615");
		check_sql(&h, "SELECT sum(gas_dm3) FROM hourly_wh", "3500");
		db_fixture_verified(&h);
		db_fixture_gone(&h);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lie_at_the_start),
		cmocka_unit_test(a_lie_that_comes_before_all_else),
		cmocka_unit_test(zeros_that_come_back_agree_with_nobody),
	};

	return cmocka_run_group_tests_name("first lies", tests, NULL, NULL);
}
