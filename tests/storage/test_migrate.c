/* Files of older schemas: what they become, and that their totals stay. */
#include "storage/verify.h"
#include "tests/storage/house.h"

/* Its steps are to be run one by one. */
#include "storage/schema.c"

/* A file that has run the steps up to `version`, and no views. */
static void make_old(struct house *h, int version, const char *rows)
{
	struct err e = { 0 };
	sqlite3 *db = NULL;
	char sign_it[128];

	house_new(h);
	house_empty(h);
	if (sqlite3_open(h->path, &db) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	must(schema_prepare(db, &e), &e);
	for (int v = 0; v < version; v++)
		must(migrations[v](db, &e), &e);
	snprintf(sign_it, sizeof(sign_it),
		 "PRAGMA application_id = %d; PRAGMA user_version = %d",
		 SCHEMA_APPLICATION, version);
	sqlite3_close(db);
	run_sql(h, sign_it);
	run_sql(h, rows);
}

static char *schema_of(const struct house *h)
{
	return strdup(ask(h, "SELECT type, name, sql FROM sqlite_schema "
			     "ORDER BY type, name"));
}

static void a_file_of_version_1_gets_the_tables(void **state)
{
	struct house old, fresh;
	struct reading r = reading_of("M1", at("2026-03-01T12:01:00Z"), 6, 1);
	char *want, *is, version[12];

	(void)state;
	house_new(&fresh);
	want = schema_of(&fresh);
	make_old(&old, 1,
		 "INSERT INTO meter (id, medium, unit, identifier, channel) "
		 "VALUES (1, 'electricity', 'wh', 'M1', 0); "
		 "INSERT INTO electricity (ts, import_t1_wh, import_t2_wh, "
		 "time_source) VALUES (1772366400, 5, 1, 0); "
		 "INSERT INTO installation (channel, medium, first_ts, meter, "
		 "import_wh_offset, import_t1_wh_offset, import_t2_wh_offset) "
		 "VALUES (0, 'electricity', 1772366400, 1, 0, 0, 0)");
	house_open(&old);
	snprintf(version, sizeof(version), "%d", SCHEMA_VERSION);
	check_sql(&old, "PRAGMA user_version", version);
	is = schema_of(&old);
	check_text("schema", is, want);
	r.raw = SPAN("/TST5\\2TEST\r\n\r\n1-0:14.7.0(49.98*Hz)\r\n!\r\n");
	take(&old, &r);
	check_int("rows", commit(&old), 2);
	check_sql(&old, "SELECT ts, meter, import_t1_wh FROM electricity",
		  "1772366400|1|5\n1772366460|1|6");
	check_sql(&old, "SELECT reference FROM obis", "1-0:14.7.0");
	check_sql(&old, "SELECT count(*) FROM meter", "1");
	free(want);
	free(is);
	house_gone(&old);
	house_gone(&fresh);
}

/* What migrate_1 makes is what files have: its text must never change. */
static void the_first_migration_makes_what_it_made(void **state)
{
	struct err e = { 0 };
	sqlite3 *db = NULL;
	int64_t tables = 0;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	must(migrations[0](db, &e), &e);
	must(stmt_ask(db,
		      "SELECT count(*) FROM sqlite_schema WHERE "
		      "type = 'table'",
		      &tables, &e),
	     &e);
	check_int("tables", tables, 18);
	sqlite3_close(db);
}

/*
 * From 2026-05-01T00:00Z, by the hour: M1 for 20 h, whose counter a person let
 * fall after 10 h and read off at 19:30; then M2. Gas beside them, of which the
 * opening was read off. Held are a fall, one that was sent twelve times, one that
 * was rejected, and a dead gas channel.
 */
static const char five[] =
	"INSERT INTO meter (id, medium, unit, identifier, channel, "
	"reduced_count) VALUES (1, 'electricity', 'wh', 'M1', 0, 0), "
	"(2, 'electricity', 'wh', 'M2', 0, 3), (3, 'gas', 'dm3', 'G1', 0, 0); "
	"WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n "
	"WHERE i < 29) INSERT INTO electricity (ts, import_t1_wh, "
	"import_t2_wh, time_source) SELECT 1777593600 + 3600 * i, "
	"iif(i < 10, 1000, iif(i < 20, 5, 7000)) + i % 10 * 100, 0, 0 FROM n; "
	"INSERT INTO electricity (ts, import_t1_wh, import_t2_wh, time_source) "
	"VALUES (1777593600 + 70200, 955, 0, 3); "
	"WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n "
	"WHERE i < 29) INSERT INTO mbus (meter, ts, value, time_source) "
	"SELECT 3, 1777593600 + 3600 * i, 500 + 10 * i, 3 * (i = 0) FROM n; "
	"INSERT INTO installation (channel, medium, first_ts, meter, "
	"import_wh_offset, import_t1_wh_offset, import_t2_wh_offset, "
	"value_offset, begins) VALUES "
	"(0, 'electricity', 1777593600, 1, 0, 0, 0, NULL, NULL), "
	"(0, 'electricity', 1777593600 + 36000, 1, 1895, 1895, 0, NULL, "
	"'reset'), "
	"(0, 'electricity', 1777593600 + 72000, 2, -4150, -4150, 0, NULL, "
	"NULL), "
	"(0, 'electricity', 1777593600 + 90000, 2, -4150, -4150, 0, NULL, "
	"NULL), "
	"(1, 'gas', 1777593600, 3, NULL, NULL, NULL, 0, NULL); "
	"INSERT INTO quarantine (meter, channel, reason, register, value, "
	"expected_min, expected_max, counters, ts, last_ts, time_source, "
	"stamps, count, first_seen_ts, last_seen_ts, rejected, telegram) "
	"VALUES (1, 0, 'back', 'import_t1', 3, 1400, NULL, "
	"'import_t1=3 import_t2=0', 1777608000 + 9, 1777608000 + 9, 0, 1, 1, "
	"1777608010, 1777608010, 0, x'2f41'), "
	"(1, 0, 'fast', 'import_t1', 90000, 1500, 2000, "
	"'import_t1=90000 import_t2=0', 1777611600 + 9, 1777612000, 2, 12, 12, "
	"1777611610, 1777612010, 0, x'2f42'), "
	"(1, 0, 'fast', 'import_t1', 80000, 1500, 2000, "
	"'import_t1=80000 import_t2=0', 1777611600 + 8, 1777611608, 0, 1, 1, "
	"1777611609, 1777611609, 1, x'2f43'), "
	"(3, 1, 'back', 'value', 0, 520, NULL, 'value=0', 1777608000 + 9, "
	"1777608009, 0, 1, 1, 1777608010, 1777608010, 0, x'')";

#define TOTALS "SELECT day, import_wh, import_t1_wh, gas_dm3 FROM daily_wh"

static void fail_with(void *ctx, const char *sentence)
{
	(void)ctx;
	fail_msg("%s", sentence);
}

static void a_file_of_version_5_keeps_its_totals(void **state)
{
	struct verify v = { .say = fail_with };
	struct err e = { 0 };
	struct house h;

	(void)state;
	make_old(&h, 5, five);
	house_open(&h);
	check_sql(&h, TOTALS,
		  "2026-05-01|2050|2050|220\n2026-05-02|700|700|70");
	check_sql(&h,
		  "SELECT (first_ts - 1777593600) / 3600, channel, meter, "
		  "begins, import_wh_offset, value_offset FROM installation "
		  "ORDER BY channel, first_ts",
		  "0|0|1||0|\n10|0|1|reset|1895|\n20|0|2||-4150|\n0|1|3|||0");
	must(verify_database(h.path, &v, &e), &e);
	house_gone(&h);
}

static void what_was_held_is_typed(void **state)
{
	struct house h;

	(void)state;
	make_old(&h, 5, five);
	house_open(&h);
	check_sql(
		&h,
		"SELECT meter, channel, ts - 1777593600, time_source, "
		"weight, reason, register, import_t1_wh, import_t2_wh, value, "
		"expected_min, expected_max, seen_ts, hex(telegram) "
		"FROM held ORDER BY channel, ts",
		"1|0|14409|0|1|back|import_t1|3|0||1400||1777608010|2F41\n"
		"1|0|18008|0|1|fast|import_t1|80000|0||1500|2000|1777611609|"
		"2F43\n"
		"1|0|18009|2|11|fast|import_t1|90000|0||1500|2000|"
		"1777611610|2F42\n"
		"1|0|18400|2|1|fast|import_t1|90000|0||1500|2000|"
		"1777611610|\n"
		"3|1|14409|0|1|back|value|||0|520||1777608010|");
	check_sql(&h, "SELECT count(*), sum(rejected) FROM quarantine", "5|1");
	house_gone(&h);
}

static void what_a_person_said_is_pinned(void **state)
{
	struct house h;

	(void)state;
	make_old(&h, 5, five);
	house_open(&h);
	check_sql(&h,
		  "SELECT meter, first_ts - 1777593600, "
		  "last_ts - 1777593600, accepted, counter FROM pin "
		  "ORDER BY meter, first_ts",
		  "1|18008|18008|0|80000\n1|36000|36000|1|\n"
		  "1|70200|70200|1|\n3|0|0|1|");
	house_gone(&h);
}

/* Opened again, and read on from it: nothing of it changes. */
static void a_file_of_version_5_goes_on(void **state)
{
	struct house h;
	int64_t t = at("2026-05-02T06:00:00Z");

	(void)state;
	make_old(&h, 5, five);
	house_open(&h);
	check_sql(&h, "SELECT count(*) FROM meta WHERE key = 'derive'", "0");
	house_close(&h);
	house_open(&h);
	for (int i = 0; i < 3; i++) {
		struct reading r =
			reading_of("M2", t + i * 600, 7905 + i * 10, 0);

		with_gas(&r, 1, "G1", t, 795);
		check_int("goes on", take(&h, &r), 1);
	}
	commit(&h);
	check_sql(&h, TOTALS,
		  "2026-05-01|2050|2050|220\n2026-05-02|725|725|75");
	check_sql(&h, "SELECT count(*) FROM held", "5");
	house_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_of_version_1_gets_the_tables),
		cmocka_unit_test(the_first_migration_makes_what_it_made),
		cmocka_unit_test(a_file_of_version_5_keeps_its_totals),
		cmocka_unit_test(what_was_held_is_typed),
		cmocka_unit_test(what_a_person_said_is_pinned),
		cmocka_unit_test(a_file_of_version_5_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
