/* Rows that no meter sent: the file is damaged, or a person changed it. */
#include "tests/storage/db_fixture.h"

#include "storage/maintenance/restore.h"

static void count_repair(void *ctx, const char *sentence)
{
	(void)sentence;
	++*(int *)ctx;
}

/* Make a closed database with twenty hours of electricity and gas. */
static void fixture_of_a_day(struct db_fixture *h, int *told)
{
	int64_t start = at("2026-05-01T00:00:00Z");

	judged_house(h);
	for (int i = 0; i < 20; i++) {
		int64_t ts = start + i * 3600;
		struct reading r = reading_of("M1", ts, 1000 + i, 0);

		with_gas(&r, 1, "G1", ts, 500 + i);
		take(h, &r);
	}
	commit(h);
	db_fixture_close(h);
	*told = 0;
	h->options.synchronised = true;
	h->options.repairs = (struct repair_report){ count_repair, told };
}

/* The change, how many rows are moved, and what is left of the day. */
static const struct {
	const char *sql;
	const char *gone;  /* tables of the moved rows */
	const char *total; /* consumption of the year */
} rows[] = {
	{ "UPDATE electricity SET import_t1_wh = 9223372036854775807 WHERE "
	  "ts = (SELECT max(ts) FROM electricity)",
	  "electricity 1", "18|19" },
	{ "UPDATE electricity SET import_t1_wh = -9223372036854775807 - 1 "
	  "WHERE ts = (SELECT min(ts) FROM electricity)",
	  "electricity 1", "18|19" },
	{ "UPDATE electricity SET import_t2_wh = 4611686018427387904",
	  "electricity 20", "|19" },
	{ "UPDATE electricity SET ts = 95617584000 " /* the year 5000 */
	  "WHERE ts = (SELECT max(ts) FROM electricity)",
	  "electricity 1", "18|19" },
	{ "UPDATE electricity SET ts = 9223372036854775807 "
	  "WHERE ts = (SELECT min(ts) FROM electricity)",
	  "electricity 1", "18|19" },
	{ "UPDATE electricity SET ts = -9223372036854775807 - 1 "
	  "WHERE ts = (SELECT max(ts) FROM electricity)",
	  "electricity 1", "18|19" },
	{ "UPDATE mbus SET value = 9223372036854775807 "
	  "WHERE ts = (SELECT max(ts) FROM mbus)",
	  "mbus 1", "19|18" },
	{ "UPDATE mbus SET ts = 95617584000 "
	  "WHERE ts = (SELECT min(ts) FROM mbus)",
	  "mbus 1", "19|18" },
};

static void impossible_rows_are_moved_and_the_rest_is_true(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct db_fixture h;
		int told;

		fixture_of_a_day(&h, &told);
		run_sql(&h, rows[i].sql);
		db_fixture_open(&h);
		check_sql(&h,
			  "SELECT table_name || ' ' || count(*) "
			  "FROM damaged_row GROUP BY table_name",
			  rows[i].gone);
		check_int(rows[i].sql, told, 1);
		check_sql(&h, "SELECT import_wh, gas_dm3 FROM yearly_wh",
			  rows[i].total);
		db_fixture_close(&h);
		db_fixture_open(&h); /* they are gone */
		check_int("told again", told, 1);
		db_fixture_gone(&h);
	}
}

/* A service checks all rows, cron's run the first and newest. */
static void a_service_looks_at_all_rows(void **state)
{
	struct db_fixture h;
	int told;

	(void)state;
	fixture_of_a_day(&h, &told);
	run_sql(&h, "INSERT INTO phases (ts, voltage_l1_mv) "
		    "VALUES (1777586400, 9223372036854775807)");
	db_fixture_open(&h);
	check_int("a short look", told, 0);
	db_fixture_close(&h);
	h.options.service = true;
	db_fixture_open(&h);
	check_int("a whole one", told, 1);
	check_sql(&h,
		  "SELECT content ->> 'ts', content ->> 'voltage_l1_mv' "
		  "FROM damaged_row",
		  "1777586400|9223372036854775807");
	db_fixture_gone(&h);
}

/* The judge goes on while a person changes the file. */
static void a_running_judge_meets_any_counter(void **state)
{
	static const char *const values[] = { "9223372036854775807",
					      "4611686018427387904",
					      "1000000000000000000",
					      "-9223372036854775807 - 1" };

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		int64_t start = at("2026-05-02T00:00:00Z");
		struct db_fixture h;
		char sql[160];
		int told;

		fixture_of_a_day(&h, &told);
		db_fixture_open(&h);
		snprintf(sql, sizeof(sql),
			 "UPDATE electricity SET import_t1_wh = %s WHERE ts = "
			 "(SELECT max(ts) FROM electricity)",
			 values[i]);
		run_sql(&h, sql);
		for (int n = 0; n < 8; n++) {
			struct reading r =
				reading_of("M1", start + n * 600, 1030 + n, 0);

			take(&h, &r);
			commit(&h);
		}
		check_sql(&h, "SELECT max(ts) FROM electricity", "1777684200");
		db_fixture_gone(&h);
	}
}

/*
 * A row of 2008 is possible, since the first meters are of that year; nothing
 * moves.
 */
static void a_row_of_2008_stays(void **state)
{
	struct db_fixture h;
	int told;

	(void)state;
	fixture_of_a_day(&h, &told);
	run_sql(&h, "INSERT INTO electricity (ts, import_t1_wh, import_t2_wh, "
		    "time_source) VALUES (1199145700, 900, 0, 0)");
	db_fixture_open(&h);
	check_int("told", told, 0);
	check_sql(&h, "SELECT sum(import_wh) FROM yearly_wh", "119");
	db_fixture_gone(&h);
}

static void a_clock_that_is_not_kept_moves_nothing_of_the_future(void **state)
{
	struct db_fixture h;
	int told;

	(void)state;
	fixture_of_a_day(&h, &told);
	h.options.now = at("2020-01-01T00:00:00Z");
	h.options.synchronised = false;
	db_fixture_open(&h);
	check_int("told", told, 0);
	check_sql(&h, "SELECT count(*) FROM electricity", "20");
	db_fixture_gone(&h);
}

static void a_copy_that_would_be_set_aside_is_not_restored(void **state)
{
	static const char *const damage[] = {
		"PRAGMA user_version = -5",
		"DROP TABLE installation",
		"UPDATE installation SET first_ts = 9223372036854775807",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(damage); i++) {
		struct db_fixture h, copy;
		struct restored out;
		struct err e = { 0 };
		int told, rc;

		fixture_of_a_day(&h, &told);
		fixture_of_a_day(&copy, &told);
		run_sql(&copy, damage[i]);
		rc = restore_run(&(struct restore_options){ .database = h.path,
							    .file = copy.path,
							    .force = true,
							    .now = 0 },
				 &out, &e);
		check_int(damage[i], rc, ERR_DAMAGED);
		check_sql(&h, "SELECT count(*) FROM electricity", "20");
		db_fixture_gone(&h);
		db_fixture_gone(&copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			impossible_rows_are_moved_and_the_rest_is_true),
		cmocka_unit_test(a_service_looks_at_all_rows),
		cmocka_unit_test(a_running_judge_meets_any_counter),
		cmocka_unit_test(a_row_of_2008_stays),
		cmocka_unit_test(
			a_clock_that_is_not_kept_moves_nothing_of_the_future),
		cmocka_unit_test(
			a_copy_that_would_be_set_aside_is_not_restored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
