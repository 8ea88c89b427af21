#include "tests/storage/db_fixture.h"

/* Put a counter of 1 Wh per second, read at `from` and `hours` later. */
static void put_hours(struct db_fixture *h, const char *from, int hours)
{
	for (int i = 0; i <= hours; i += hours) {
		struct reading r =
			reading_of("M1", at(from) + (int64_t)i * 3600, 0, 0);

		with(&r, Q_IMPORT_T1, r.time.utc - at("2019-01-01T00:00:00Z"));
		with_gas(&r, 1, "G1", r.time.utc, r.time.utc / 3600);
		take(h, &r);
	}
	commit(h);
}

static void days_of_23_and_25_hours(void **state)
{
	static const struct {
		const char *from, *day;
		int hours, shown;
		const char *labels;
	} cases[] = {
		{ "2026-03-28T23:00:00Z", "2026-03-29", 23, 4,
		  "00:00 01:00 03:00 04:00" },
		{ "2026-10-24T22:00:00Z", "2026-10-25", 25, 5,
		  "00:00 01:00 02:00 02:00+01:00 03:00" },
		{ "2026-07-01T22:00:00Z", "2026-07-02", 24, 3,
		  "00:00 01:00 02:00" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char sql[256], want[64];
		struct db_fixture h;

		db_fixture_new(&h);
		put_hours(&h, cases[i].from, cases[i].hours);
		snprintf(sql, sizeof(sql),
			 "SELECT import_wh, gas_dm3 FROM daily_wh "
			 "WHERE day = '%s'",
			 cases[i].day);
		snprintf(want, sizeof(want), "%d|%d", cases[i].hours * 3600,
			 cases[i].hours);
		check_sql(&h, sql, want);
		snprintf(sql, sizeof(sql),
			 "SELECT count(*), min(import_wh), max(import_wh), "
			 "min(gas_dm3), count(DISTINCT hour) FROM hourly_wh "
			 "WHERE day = '%s'",
			 cases[i].day);
		snprintf(want, sizeof(want), "%d|3600|3600|1|%d",
			 cases[i].hours, cases[i].hours);
		check_sql(&h, sql, want);
		snprintf(sql, sizeof(sql),
			 "SELECT group_concat(substr(hour, 12), ' ') FROM "
			 "(SELECT hour FROM hourly WHERE day = '%s' "
			 "ORDER BY start_ts LIMIT %d)",
			 cases[i].day, cases[i].shown);
		check_sql(&h, sql, cases[i].labels);
		db_fixture_gone(&h);
	}
}

static void zones_of_the_world(void **state)
{
	static const struct {
		const char *zone, *from, *want;
	} cases[] = {
		/* half an hour off UTC's hours */
		{ "Asia/Kolkata", "2026-05-01T18:30:00Z",
		  "2026-05-02 00:00|3600\n2026-05-02 01:00|3600" },
		/* the clock goes back by half an hour: 24.5 hours */
		{ "Australia/Lord_Howe", "2026-04-04T13:00:00Z",
		  "2026-04-05 00:00|3600\n2026-04-05 01:00|3600" },
		/* midnight comes twice */
		{ "America/Havana", "2024-11-03T04:00:00Z",
		  "2024-11-03 00:00|3600\n2024-11-03 00:00-05:00|3600" },
		/* west of Greenwich */
		{ "America/Toronto", "2026-11-01T04:00:00Z",
		  "2026-11-01 00:00|3600\n2026-11-01 01:00|3600" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct db_fixture h;

		db_fixture_new_in(&h, cases[i].zone);
		put_hours(&h, cases[i].from, 48);
		check_sql(&h,
			  "SELECT hour, import_wh FROM hourly_wh "
			  "ORDER BY start_ts LIMIT 2",
			  cases[i].want);
		check_sql(&h,
			  "SELECT (SELECT sum(import_wh) FROM hourly_wh), "
			  "(SELECT sum(import_wh) FROM daily_wh), "
			  "(SELECT sum(import_wh) FROM monthly_wh), "
			  "(SELECT sum(import_wh) FROM yearly_wh)",
			  "172800|172800|172800|172800");
		db_fixture_gone(&h);
	}
}

static void another_zone_makes_other_days(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	put_hours(&h, "2024-12-31T22:00:00Z", 2);
	check_sql(&h, "SELECT day, import_wh FROM daily_wh",
		  "2024-12-31|3600\n2025-01-01|3600");
	db_fixture_close(&h);
	h.options.timezone = "UTC";
	db_fixture_open(&h);
	check_sql(&h, "SELECT day, import_wh FROM daily_wh",
		  "2024-12-31|7200\n2025-01-01|0");
	check_sql(&h, "SELECT value FROM meta WHERE key = 'timezone'", "UTC");
	check_sql(&h, "SELECT min(year), max(year) FROM calendar_year",
		  "2024|2027");
	db_fixture_gone(&h);
}

/* As if the law on summer time had changed since the calendar was filled. */
static void changed_rules_make_the_calendar_anew(void **state)
{
	struct db_fixture h;
	sqlite3 *db;

	(void)state;
	db_fixture_new(&h);
	db_fixture_close(&h);
	sqlite3_open(h.path, &db);
	sqlite3_exec(db,
		     "UPDATE calendar_day SET start_ts = start_ts + 3600, "
		     "end_ts = end_ts + 3600 WHERE day > '2026-11'",
		     NULL, NULL, NULL);
	sqlite3_close(db);
	db_fixture_open(&h);
	check_sql(&h,
		  "SELECT start_ts FROM calendar_day "
		  "WHERE day = '2026-11-21'",
		  "1795215600");
	db_fixture_gone(&h);
}

static void old_readings_reach_back(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	put_hours(&h, "2026-05-01T10:00:00Z", 1);
	put_hours(&h, "2019-12-31T22:30:00Z", 1);
	check_sql(&h,
		  "SELECT min(year), max(year), count(*) FROM calendar_year",
		  "2019|2027|9");
	check_sql(&h, "SELECT year, import_wh FROM yearly_wh LIMIT 2",
		  "2019|1800\n2020|31622400");
	db_fixture_gone(&h);
}

static void years_to_come_are_ready(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	check_sql(&h, "SELECT max(day) FROM calendar_day", "2027-12-31");
	db_fixture_close(&h);
	h.options.now = at("2027-01-01T00:00:00Z");
	db_fixture_open(&h);
	check_sql(&h,
		  "SELECT max(day), count(*) - count(DISTINCT day) "
		  "FROM calendar_day",
		  "2028-12-31|0");
	check_sql(&h,
		  "SELECT count(*) FROM calendar_day AS d WHERE NOT EXISTS "
		  "(SELECT 1 FROM calendar_day AS n "
		  "WHERE n.start_ts = d.end_ts)",
		  "1");
	db_fixture_gone(&h);
}

static void a_gap_is_interpolated_and_said(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	put_hours(&h, "2026-05-01T10:00:00Z", 72);
	check_sql(&h, "SELECT day, import_wh, gap_s, gas_gap_s FROM daily_wh",
		  "2026-05-01|43200|259200|259200\n"
		  "2026-05-02|86400|259200|259200\n"
		  "2026-05-03|86400|259200|259200\n"
		  "2026-05-04|43200|259200|259200");
	db_fixture_gone(&h);
}

static void one_reading_makes_one_period(void **state)
{
	struct db_fixture h;
	struct reading r = reading_of("M1", at("2026-05-01T10:00:00Z"), 5, 6);

	(void)state;
	db_fixture_new(&h);
	check_sql(&h, "SELECT * FROM daily", "");
	take(&h, &r);
	commit(&h);
	check_sql(&h, "SELECT day, import_wh, export_wh, gas_dm3 FROM daily_wh",
		  "2026-05-01|0||");
	check_sql(&h, "SELECT hour FROM hourly", "2026-05-01 12:00");
	db_fixture_gone(&h);
}

static void readings_for_people(void **state)
{
	struct db_fixture h;
	struct reading r =
		reading_of("M1", at("2026-10-25T00:30:00Z"), 1234, 6);

	(void)state;
	db_fixture_new(&h);
	with(&r, Q_POWER_IMPORT, 345);
	take(&h, &r);
	r.time.utc += 3600;
	take(&h, &r);
	commit(&h);
	check_sql(&h,
		  "SELECT local_time, day, time, meter, import_t1_kwh, "
		  "power_import_w FROM readings",
		  "2026-10-25 02:30:00|2026-10-25|2026-10-25T00:30:00Z|1|1.234|"
		  "345\n2026-10-25 02:30:00|2026-10-25|2026-10-25T01:30:00Z|1|"
		  "1.234|345");
	db_fixture_gone(&h);
}

/* Insert rows by SQL, since only their number matters. */
static void fill(struct db_fixture *h, int rows)
{
	char sql[512];
	sqlite3 *db;

	db_fixture_close(h);
	sqlite3_open(h->path, &db);
	snprintf(sql, sizeof(sql),
		 "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM "
		 "n WHERE i < %d) INSERT OR IGNORE INTO electricity (ts, "
		 "import_t1_wh, import_t2_wh, time_source) "
		 "SELECT 1777586400 + 10 * i, i, 2 * i, 0 FROM n",
		 rows);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	sqlite3_close(db);
	db_fixture_open(h);
}

static int steps_of(const struct db_fixture *h, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *s;
	int n;

	sqlite3_open(h->path, &db);
	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	while (sqlite3_step(s) == SQLITE_ROW)
		;
	n = sqlite3_stmt_status(s, SQLITE_STMTSTATUS_VM_STEP, 0);
	sqlite3_finalize(s);
	sqlite3_close(db);
	return n;
}

/* Seeks, not scans: the cost of a query depends only on its result. */
static void more_rows_make_no_question_slower(void **state)
{
	static const struct {
		const char *sql;
		int most; /* steps of SQLite's virtual machine */
	} cases[] = {
		{ "SELECT * FROM daily WHERE day = '2026-05-02'", 5000 },
		{ "SELECT day, import_kwh FROM daily WHERE day = '2026-05-02'",
		  1000 },
		{ "SELECT * FROM daily WHERE day BETWEEN '2026-05-01' AND "
		  "'2026-05-02'",
		  8000 },
		{ "SELECT sum(import_kwh) FROM daily WHERE day = '2026-05-02'",
		  1000 },
		/* two boundaries an hour */
		{ "SELECT * FROM hourly WHERE day = '2026-05-02'",
		  48 * 76 * SERIES_COUNT },
		{ "SELECT * FROM daily WHERE month = '2026-05' "
		  "AND day < '2026-05-03'",
		  6000 },
		{ "SELECT * FROM daily_wh WHERE start_ts >= 1777586400 "
		  "AND start_ts < 1777759200",
		  6000 },
		{ "SELECT * FROM readings WHERE day = '2026-05-02' LIMIT 10",
		  3000 },
		{ "SELECT * FROM readings ORDER BY ts DESC LIMIT 1", 1000 },
		{ "SELECT * FROM meters", 1000 },
		{ "SELECT * FROM extent", 500 },
	};
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	put_hours(&h, "2026-04-30T22:00:00Z", 48);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int few, many;

		fill(&h, 20000);
		few = steps_of(&h, cases[i].sql);
		fill(&h, 80000);
		many = steps_of(&h, cases[i].sql);
		check_int(cases[i].sql, many <= few + few / 10 + 50, 1);
		if (many > cases[i].most)
			fail_msg("%s: %d steps", cases[i].sql, many);
	}
	db_fixture_gone(&h);
}

/* Only the requested months and years are computed. */
static void month_and_year_are_pushed_down(void **state)
{
	struct db_fixture h;
	int one, all;

	(void)state;
	db_fixture_new(&h);
	put_hours(&h, "2021-12-31T23:00:00Z", 24 * 365 * 4);
	all = steps_of(&h, "SELECT * FROM daily");
	one = steps_of(&h, "SELECT * FROM daily WHERE month = '2024-02'");
	check_int("month", one < all / 40, 1);
	one = steps_of(&h, "SELECT * FROM daily WHERE year = 2024");
	check_int("year", one < all / 3, 1);
	one = steps_of(&h, "SELECT * FROM hourly WHERE month = '2024-02'");
	check_int("month by hour", one < all / 2 + all / 3, 1);
	all = steps_of(&h, "SELECT * FROM monthly");
	one = steps_of(&h, "SELECT * FROM monthly WHERE month = '2024-02'");
	check_int("one month", one < all / 20, 1);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_of_23_and_25_hours),
		cmocka_unit_test(zones_of_the_world),
		cmocka_unit_test(another_zone_makes_other_days),
		cmocka_unit_test(changed_rules_make_the_calendar_anew),
		cmocka_unit_test(old_readings_reach_back),
		cmocka_unit_test(years_to_come_are_ready),
		cmocka_unit_test(a_gap_is_interpolated_and_said),
		cmocka_unit_test(one_reading_makes_one_period),
		cmocka_unit_test(readings_for_people),
		cmocka_unit_test(more_rows_make_no_question_slower),
		cmocka_unit_test(month_and_year_are_pushed_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
