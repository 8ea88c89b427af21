/* A file of schema 5: what it is converted to; its totals stay the same. */
#include <dirent.h>

#include "storage/db/db.h"
#include "storage/db/schema_label.h"
#include "tests/storage/db_fixture.h"

/* Make a database of schema 5 with the rows of a file. */
static void old_house_with(struct db_fixture *h, const char *rows)
{
	char command[256];

	db_fixture_new(h);
	db_fixture_empty(h);
	snprintf(command, sizeof(command),
		 "cat tests/storage/schema_5.sql tests/storage/%s | "
		 "sqlite3 %s >%s/out",
		 rows, h->path, h->folder);
	check_int(command, system(command), 0);
}

static void old_house(struct db_fixture *h)
{
	old_house_with(h, "day_5.sql");
}

/*
 * Find a name in the fixture's folder that contains `mark`; "" if there is
 * none.
 */
static const char *found(const struct db_fixture *h, const char *mark)
{
	static char path[512];
	DIR *dir = opendir(h->folder);
	const struct dirent *d;

	path[0] = '\0';
	while (dir != NULL && (d = readdir(dir)) != NULL)
		if (strstr(d->d_name, mark) != NULL)
			snprintf(path, sizeof(path), "%s/%s", h->folder,
				 d->d_name);
	closedir(dir);
	return path;
}

static void old_house_gone(struct db_fixture *h)
{
	const char *left;

	db_fixture_empty(h);
	while (*(left = found(h, "p1.db")) != '\0' ||
	       *(left = found(h, "out")) != '\0')
		check_int(left, unlink(left), 0);
	db_fixture_gone(h);
}

#define TOTALS "SELECT day, import_wh, import_t1_wh, gas_dm3 FROM daily_wh"
#define ALL_DAYS "2026-05-01|2050|2050|220\n2026-05-02|700|700|70"

static void a_file_of_version_5_keeps_its_totals(void **state)
{
	struct db_fixture h, fresh;
	char *want;

	(void)state;
	old_house(&h);
	db_fixture_open(&h);
	check_sql(&h, TOTALS, ALL_DAYS);
	check_sql(&h,
		  "SELECT (first_ts - 1777593600) / 3600, channel, meter, "
		  "begins, import_wh_offset, value_offset FROM installation "
		  "ORDER BY channel, first_ts",
		  "0|0|1||0|\n10|0|1|reset|1895|\n20|0|2||-4150|\n0|1|3|||0");
	db_fixture_verified(&h);
	db_fixture_new(&fresh);
	want = strdup(ask(&fresh, "SELECT group_concat(sql) FROM (SELECT * "
				  "FROM sqlite_schema ORDER BY type, name)"));
	check_sql(&h,
		  "SELECT group_concat(sql) FROM (SELECT * "
		  "FROM sqlite_schema ORDER BY type, name)",
		  want);
	free(want);
	db_fixture_gone(&fresh);
	old_house_gone(&h);
}

static void what_was_held_is_typed_and_what_was_said_is_pinned(void **state)
{
	struct db_fixture h;

	(void)state;
	old_house(&h);
	db_fixture_open(&h);
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
	check_sql(&h,
		  "SELECT meter, first_ts - 1777593600, "
		  "last_ts - 1777593600, accepted, counter FROM pin "
		  "ORDER BY meter, first_ts",
		  "1|18008|18008|0|80000\n1|36000|36000|1|\n"
		  "1|70200|70200|1|\n3|0|0|1|");
	old_house_gone(&h);
}

/* The file is opened again, with more readings: nothing in it changes. */
static void a_file_of_version_5_goes_on(void **state)
{
	struct db_fixture h;
	int64_t t = at("2026-05-02T06:00:00Z");

	(void)state;
	old_house(&h);
	db_fixture_open(&h);
	db_fixture_close(&h);
	db_fixture_open(&h);
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
	old_house_gone(&h);
}

/*
 * The file does not say which gas meter came with which electricity meter: the
 * next telegrams do, and the totals since the first day are right.
 */
static void two_meters_in_turn_are_told_apart(void **state)
{
	static const char house[] = "SELECT import_wh, gas_dm3 FROM daily_wh";
	struct db_fixture h;
	int64_t t = at("2026-05-01T04:00:00Z");

	(void)state;
	old_house_with(&h, "meters_in_turn_5.sql");
	db_fixture_open(&h);
	check_sql(&h, "SELECT import_wh FROM daily_wh", "460");
	check_sql(&h, "SELECT identifier FROM meter WHERE other = 1", "M2");
	for (int i = 48; i < 60; i++, t += 300) {
		struct reading r =
			reading_of(i % 2 ? "M2" : "M1", t,
				   (i % 2 ? 90000 : 1000) + 10 * i, 0);

		with_gas(&r, 1, i % 2 ? "G2" : "G1", t,
			 (i % 2 ? 7000 : 500) + i);
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h, house, "580|58");
	db_fixture_verified(&h);
	old_house_gone(&h);
}

/* It keeps its mode, its WAL is gone, and nothing else is left beside it. */
static void the_old_file_is_kept_aside(void **state)
{
	struct db_fixture h, old = { 0 };
	struct stat st;

	(void)state;
	old_house(&h);
	run_sql(&h,
		"INSERT INTO message VALUES (1777593600, 'in the WAL', '')");
	db_fixture_open(&h);
	check_text("left", found(&h, ".convert"), "");
	check_text("left", found(&h, "Z-wal"), "");
	snprintf(old.path, sizeof(old.path), "%s",
		 found(&h, ".schema-5-2026-11-21T120000Z"));
	check_sql(&old, "PRAGMA user_version", "5");
	check_sql(&old, "SELECT text FROM message", "in the WAL");
	check_sql(&h, "SELECT text FROM message", "in the WAL");
	check_int("stat", stat(h.path, &st), 0);
	check_int("mode", st.st_mode & 0777, 0640);
	check_int("names", (int64_t)st.st_nlink, 1);
	check_sql(&h, "PRAGMA auto_vacuum", "2");
	old_house_gone(&h);
}

static void what_a_person_added_stays(void **state)
{
	struct db_fixture h;

	(void)state;
	old_house(&h);
	run_sql(&h, "CREATE TABLE price (day TEXT PRIMARY KEY, cent INTEGER); "
		    "INSERT INTO price VALUES ('2026-05-01', 31); "
		    "CREATE INDEX price_cent ON price (cent); "
		    "CREATE VIEW cost AS SELECT cent * import_wh AS c "
		    "FROM daily_wh JOIN price USING (day)");
	db_fixture_open(&h);
	check_sql(&h, "SELECT c FROM cost", "63550");
	check_sql(&h,
		  "SELECT group_concat(name) FROM pragma_index_list('price')",
		  "price_cent,sqlite_autoindex_price_1");
	old_house_gone(&h);
}

struct told {
	char text[2048];
	int turns, most; /* stop at the turn `most`; 0: never */
};

static void note(void *ctx, const char *sentence)
{
	struct told *t = ctx;

	strncat(t->text, sentence, sizeof(t->text) - strlen(t->text) - 2);
	strcat(t->text, "\n");
}

static int count_turn(void *ctx, int64_t done, int64_t of)
{
	struct told *t = ctx;

	check_int("bytes", done >= 0 && of > 0, 1);
	return ++t->turns == t->most;
}

/* Expect that the journal does not open. Returns the message. */
static const char *refused(struct db_fixture *h, int code)
{
	static struct err e;

	must(localday_use(h->options.timezone, &e), &e);
	h->journal = journal_open(h->path, &h->options, &e);
	if (h->journal != NULL)
		fail_msg("it opens");
	check_int("code", e.code, code);
	return e.text;
}

static void a_person_is_told_and_may_stop_it(void **state)
{
	struct told t = { .most = 1 };
	struct db_fixture h;

	(void)state;
	old_house(&h);
	h.options.watch = (struct progress_watch){ count_turn, note, &t };
	run_sql(&h, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 "
		    "FROM n WHERE i < 20000) INSERT INTO phases (ts) "
		    "SELECT i FROM n");
	if (strstr(refused(&h, ERR_BUSY), "stopped by a signal") == NULL)
		fail_msg("it was not stopped");
	check_sql(&h, "PRAGMA user_version", "5");
	check_text("left", found(&h, ".convert"), "");
	check_text("aside", found(&h, ".schema-5"), "");
	t = (struct told){ 0 };
	db_fixture_open(&h);
	check_int("turns", t.turns > 0, 1);
	if (strstr(t.text, "now has schema 7; the file with schema 5 is kept "
			   "as ") == NULL)
		fail_msg("%s", t.text);
	old_house_gone(&h);
}

static void a_changed_file_is_refused_and_stays(void **state)
{
	struct db_fixture h;

	(void)state;
	old_house(&h);
	run_sql(&h, "ALTER TABLE phases DROP COLUMN current_l1_ma");
	if (strstr(refused(&h, ERR_CONFIG), "no such column: current_l1_ma") ==
	    NULL)
		fail_msg("the column is not named");
	check_sql(&h, "SELECT count(*) FROM electricity", "31");
	check_text("left", found(&h, ".convert"), "");
	old_house_gone(&h);
}

/* One bit of its version was flipped. */
static void a_file_of_today_that_says_5_is_damaged(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	db_fixture_close(&h);
	run_sql(&h, "PRAGMA user_version = 5");
	if (strstr(refused(&h, ERR_DAMAGED), "not those of schema 5") == NULL)
		fail_msg("it is not told");
	check_text("left", found(&h, ".convert"), "");
	old_house_gone(&h);
}

static void older_files_are_refused_in_a_sentence(void **state)
{
	static const int versions[] = { 1, 4, 6 };
	char sql[64], want[128];
	struct db_fixture h;

	(void)state;
	old_house(&h);
	for (size_t i = 0; i < COUNT(versions); i++) {
		snprintf(sql, sizeof(sql), "PRAGMA user_version = %d",
			 versions[i]);
		run_sql(&h, sql);
		snprintf(want, sizeof(want),
			 "its schema %d is of a version before the first "
			 "release, which this program cannot read",
			 versions[i]);
		if (strstr(refused(&h, ERR_CONFIG), want) == NULL)
			fail_msg("schema %d", versions[i]);
	}
	old_house_gone(&h);
}

static void readers_ask_for_the_conversion(void **state)
{
	struct err e = { 0 };
	sqlite3 *db = NULL;
	struct db_fixture h;

	(void)state;
	old_house(&h);
	check_int("code", db_open_reader(&db, h.path, &e), ERR_CONFIG);
	check_text("said", e.text,
		   "its schema 5 is older than this program's 7: run p1logger "
		   "once");
	must(db_open_older(&db, h.path, &e), &e);
	db_close(db);
	old_house_gone(&h);
}

static void a_reader_that_stays_is_waited_for(void **state)
{
	sqlite3 *reader = NULL;
	struct db_fixture h;

	(void)state;
	old_house(&h);
	sqlite3_open(h.path, &reader);
	sqlite3_exec(reader, "BEGIN; SELECT * FROM meter", NULL, NULL, NULL);
	run_sql(&h, "INSERT INTO message VALUES (1777593600, 'late', '')");
	if (strstr(refused(&h, ERR_BUSY), "another program has locked it") ==
	    NULL)
		fail_msg("it was not waited for");
	check_text("aside", found(&h, ".schema-5"), "");
	sqlite3_close(reader);
	db_fixture_open(&h);
	check_sql(&h, "SELECT text FROM message", "late");
	old_house_gone(&h);
}

/*
 * Killed in between, where a file has one name only: the new one is complete.
 */
static void a_complete_file_takes_the_name(void **state)
{
	struct db_fixture h;
	char ready[128];

	(void)state;
	db_fixture_new(&h);
	run_sql(&h, "INSERT INTO message VALUES (1, 'there', '')");
	db_fixture_close(&h);
	run_sql(&h, "PRAGMA journal_mode = DELETE");
	snprintf(ready, sizeof(ready), "%s.converted", h.path);
	check_int("rename", rename(h.path, ready), 0);
	db_fixture_open(&h);
	check_sql(&h, "SELECT text FROM message", "there");
	check_text("left", found(&h, ".convert"), "");
	old_house_gone(&h);
}

/* The remains of a killed conversion do no harm. */
static void remains_are_overwritten(void **state)
{
	static const char *const left[] = { "converting", "converting-journal",
					    "converted" };
	struct db_fixture h;

	(void)state;
	old_house(&h);
	for (size_t i = 0; i < COUNT(left); i++) {
		char path[160];
		FILE *f;

		snprintf(path, sizeof(path), "%s.%s", h.path, left[i]);
		f = fopen(path, "w");
		assert_non_null(f);
		fputs("SQLite format 3, as far as it came", f);
		fclose(f);
	}
	db_fixture_open(&h);
	check_sql(&h, TOTALS, ALL_DAYS);
	check_text("left", found(&h, ".convert"), "");
	old_house_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_of_version_5_keeps_its_totals),
		cmocka_unit_test(
			what_was_held_is_typed_and_what_was_said_is_pinned),
		cmocka_unit_test(a_file_of_version_5_goes_on),
		cmocka_unit_test(two_meters_in_turn_are_told_apart),
		cmocka_unit_test(the_old_file_is_kept_aside),
		cmocka_unit_test(what_a_person_added_stays),
		cmocka_unit_test(a_person_is_told_and_may_stop_it),
		cmocka_unit_test(a_changed_file_is_refused_and_stays),
		cmocka_unit_test(a_file_of_today_that_says_5_is_damaged),
		cmocka_unit_test(older_files_are_refused_in_a_sentence),
		cmocka_unit_test(readers_ask_for_the_conversion),
		cmocka_unit_test(a_reader_that_stays_is_waited_for),
		cmocka_unit_test(a_complete_file_takes_the_name),
		cmocka_unit_test(remains_are_overwritten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
