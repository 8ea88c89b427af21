/* The stored counters after each commit, in any order of readings. */
#include <stdlib.h>

#include "tests/storage/db_fixture.h"

/* The true meter: tariff 2 counts 1 Wh a minute, gas 2 dm3. */
static struct reading truth(int64_t ts, bool total, bool gas)
{
	const int64_t start = at("2025-12-31T21:00:00Z");
	const int64_t minutes = (ts - start) / 60;
	struct reading r = reading_of("M1", ts, 500000, 1000 + minutes);

	if (total) {
		r.have = 0;
		with(&r, Q_IMPORT_TOTAL, 501000 + minutes);
	}
	if (gas)
		with_gas(&r, 1, "G1", ts - ts % 300, 7000 + minutes / 5 * 10);
	return r;
}

static void take_one(struct db_fixture *h, int64_t ts, bool total, bool gas)
{
	struct reading r = truth(ts, total, gas);

	take(h, &r);
}

/* The first reading of a register comes late: before that it stood still. */
static void an_earlier_first_reading_moves_what_stood_still(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	take_one(&h, at("2026-01-01T03:05:00Z"), false, true);
	commit(&h);
	take_one(&h, at("2026-01-01T02:43:00Z"), true, true);
	take_one(&h, at("2026-01-01T02:44:00Z"), true, true);
	commit(&h);
	take_one(&h, at("2026-01-01T03:00:00Z"), false, true);
	commit(&h);
	db_fixture_verified(&h);
	check_sql(&h,
		  "SELECT import_t2_wh FROM counter_from ORDER BY ts LIMIT 1",
		  "1360");
	db_fixture_gone(&h);
}

/* Three hours around New Year: totals, then tariffs, then either. */
static void each_commit_leaves_what_all_readings_give(void **state)
{
	enum { HOUSES = 30, READINGS = 8 };

	(void)state;
	for (int house = 0; house < HOUSES; house++) {
		const int64_t start = at("2025-12-31T21:30:00Z");
		struct db_fixture h;

		srand((unsigned)house);
		judged_house(&h);
		for (int i = 0; i < READINGS; i++) {
			int64_t ts = start + rand() % 180 * 60;
			bool total = ts < start + 5400 || rand() % 2 == 0;

			take_one(&h, ts, total, rand() % 2 == 0);
			commit(&h);
			db_fixture_verified(&h);
		}
		db_fixture_gone(&h);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			an_earlier_first_reading_moves_what_stood_still),
		cmocka_unit_test(each_commit_leaves_what_all_readings_give),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
