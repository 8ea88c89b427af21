/* The history as seen by programs that follow the journal. */
#include "tests/check.h"
#include "tests/storage/db_fixture.h"

enum { T = 1700000100, NONE = -1 };

/* A medium with several meters is complete up to the one that lags. */
static void last_of_several_meters(void **state)
{
	static const struct {
		const char *name;
		struct {
			int channel;
			const char *meter;
			int64_t ts; /* from T on */
		} r[6];		    /* no meter: the end */
		int64_t first, last;
	} cases[] = {
		{ "one", { { 1, "A", 0 }, { 1, "A", 3600 } }, 0, 3600 },
		{ "two, one of them late",
		  { { 1, "A", 0 }, { 2, "B", -20 }, { 1, "A", 3600 } },
		  -20,
		  -20 },
		{ "two, both there",
		  { { 1, "A", 0 },
		    { 2, "B", -20 },
		    { 1, "A", 3600 },
		    { 2, "B", 3580 } },
		  -20,
		  3580 },
		{ "the other is silent for days",
		  { { 2, "B", 0 }, { 1, "A", 0 }, { 1, "A", 200000 } },
		  0,
		  200000 },
		{ "replaced on its channel",
		  { { 1, "A", 0 }, { 1, "A", 3600 }, { 1, "B", 7200 } },
		  0,
		  7200 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct db_fixture db;
		struct history *h;
		struct err e = { 0 };
		int64_t first = NONE, last = NONE;

		db_fixture_new(&db);
		for (int k = 0; cases[i].r[k].meter != NULL; k++) {
			struct reading r = reading_of("E", T + 10 * k, 1000, 0);

			with_gas(&r, cases[i].r[k].channel, cases[i].r[k].meter,
				 T + cases[i].r[k].ts, 5000 + 10 * k);
			take(&db, &r);
			commit(&db);
		}
		h = db_fixture_history(&db);
		check_int(cases[i].name,
			  history_extent(h, MEDIUM_GAS, &first, &last, &e), 1);
		check_int(cases[i].name, first - T, cases[i].first);
		check_int(cases[i].name, last - T, cases[i].last);
		check_int("none",
			  history_extent(h, MEDIUM_WATER, &first, &last, &e),
			  0);
		history_close(h);
		db_fixture_gone(&db);
	}
}

static void peak_of_the_reading_behind(void **state)
{
	struct db_fixture db;
	struct history *h;
	struct err e = { 0 };
	int64_t import, export;

	(void)state;
	db_fixture_new(&db);
	for (int i = 0; i < 3; i++) {
		struct reading r = reading_of("E", T + 300 * i, 1000, 0);

		with(&r, Q_POWER_IMPORT, 500 + i);
		take(&db, &r);
	}
	commit(&db);
	h = db_fixture_history(&db);
	history_peak_after(h, T + 1, &import, &export, &e);
	check_int("behind", import, 501);
	check_int("not sent", export, NONE);
	history_peak_after(h, T + 600, &import, &export, &e);
	check_int("at", import, 502);
	history_peak_after(h, T + 601, &import, &export, &e);
	check_int("none behind", import, NONE);
	history_close(h);
	db_fixture_gone(&db);
}

static void changes_of_each_medium(void **state)
{
	struct db_fixture db;
	struct history *h;
	struct err e = { 0 };
	struct change c;
	struct reading r = reading_of("E", T, 1000, 0);
	int64_t id;

	(void)state;
	db_fixture_new(&db);
	with_gas(&r, 1, "G", T - 3000, 5000);
	take(&db, &r);
	commit(&db);
	r = reading_of("E", T + 300, 1000, 0);
	with_gas(&r, 1, "G", T - 3000, 5000);
	take(&db, &r);
	commit(&db);
	h = db_fixture_history(&db);
	check_int("gas", history_changes(h, MEDIUM_GAS, 0, &c, &e), 1);
	check_int("gas", c.min_ts - T, -3000);
	check_int("gas", c.max_ts - T, -3000);
	id = c.id;
	check_int("no more gas", history_changes(h, MEDIUM_GAS, id, &c, &e), 0);
	check_int("its last id all the same", c.id, id);
	check_int("electricity",
		  history_changes(h, MEDIUM_ELECTRICITY, 0, &c, &e), 1);
	check_int("electricity", c.min_ts - T, 0);
	check_int("electricity", c.max_ts - T, 300);
	check_int("none", history_changes(h, MEDIUM_WATER, 0, &c, &e), 0);
	history_close(h);
	db_fixture_gone(&db);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(last_of_several_meters),
		cmocka_unit_test(peak_of_the_reading_behind),
		cmocka_unit_test(changes_of_each_medium),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
