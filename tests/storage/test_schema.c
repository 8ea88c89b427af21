#include "tests/storage/db_fixture.h"

/* The list of our objects is compared with a new file. */
#include "storage/db/schema_digest.c"

static void an_older_schema_is_told_to_readers(void **state)
{
	struct db_fixture h;
	struct err e = { 0 };
	sqlite3 *db;

	(void)state;
	db_fixture_new(&h);
	db_fixture_close(&h);
	sqlite3_open(h.path, &db);
	must(stmt_exec(db, "PRAGMA user_version = 5", &e), &e);
	sqlite3_close(db);
	check_int("opened", history_open(h.path, &e) != NULL, 0);
	check_int("code", e.code, ERR_CONFIG);
	if (strstr(e.text, "run p1logger once") == NULL)
		fail_msg("%s", e.text);
	db_fixture_gone(&h);
}

static void note_repair(void *ctx, const char *sentence)
{
	char *said = ctx;

	strncat(said, sentence, 4000 - strlen(said));
	strncat(said, "\n", 4000 - strlen(said));
}

/* Make a closed database with ten readings; `said` gets the repairs. */
static void fixture_that_tells(struct db_fixture *h, char said[static 4096])
{
	said[0] = '\0';
	db_fixture_new(h);
	for (int i = 0; i < 10; i++) {
		struct reading r = reading_of(
			"M1", at("2026-05-01T00:00:00Z") + i * 3600, i, i);

		take(h, &r);
	}
	commit(h);
	db_fixture_close(h);
	h->options.repairs = (struct repair_report){ note_repair, said };
}

static int code_of_opening(struct db_fixture *h)
{
	struct err e = { 0 };

	h->journal = journal_open(h->path, &h->options, &e);
	db_fixture_close(h);
	return e.code;
}

static int code_of_reading(const struct db_fixture *h)
{
	struct err e = { 0 };

	history_close(history_open(h->path, &e));
	return e.code;
}

static void the_list_of_objects_is_whole(void **state)
{
	char sql[4096] = "SELECT group_concat(name) FROM sqlite_schema WHERE "
			 "sql IS NOT NULL AND type <> 'view' AND name NOT IN (";
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (size_t i = 0; i < COUNT(names); i++)
		snprintf(sql + strlen(sql), sizeof(sql) - strlen(sql), "%s'%s'",
			 i > 0 ? ", " : "", names[i]);
	strcat(sql, ")");
	check_sql(&h, sql, "");
	db_fixture_gone(&h);
}

static void a_number_that_no_version_wrote_is_damage(void **state)
{
	static const char *const labels[] = {
		"PRAGMA user_version = -1",
		"PRAGMA user_version = -2147483648",
		"PRAGMA user_version = 0",
		"PRAGMA user_version = 16777221",
		"PRAGMA application_id = 1",
		"PRAGMA application_id = 0",
	};
	struct db_fixture h;
	char said[4096];

	(void)state;
	fixture_that_tells(&h, said);
	for (size_t i = 0; i < COUNT(labels); i++) {
		run_sql(&h, labels[i]);
		check_int(labels[i], code_of_opening(&h), ERR_DAMAGED);
	}
	run_sql(&h, "PRAGMA application_id = 1882279015");
	run_sql(&h, "PRAGMA user_version = 1");
	check_int("an older one", code_of_opening(&h), ERR_CONFIG);
	run_sql(&h, "PRAGMA user_version = 8");
	check_int("a newer one", code_of_opening(&h), ERR_CONFIG);
	db_fixture_gone(&h);
}

/* What a person changed, and how its repair is reported. */
static const struct {
	const char *sql, *said;
} changes_made[] = {
	{ "DROP VIEW daily_wh", "the view daily_wh was missing" },
	{ "DROP VIEW consumed; CREATE VIEW consumed AS SELECT 0 AS start_ts",
	  "the view consumed was changed" },
	{ "DROP TABLE counter_to", "the table counter_to was missing" },
	{ "DROP VIEW daily; CREATE TABLE daily (a)",
	  "the view daily was changed" },
	{ "DROP TABLE phases", "the table phases was missing" },
	{ "DROP TABLE meta", "the table meta was missing" },
	{ "DROP INDEX calendar_day_start",
	  "the index calendar_day_start was missing" },
	{ "PRAGMA legacy_alter_table = 1; "
	  "ALTER TABLE state DROP COLUMN breaker",
	  "the table state had no column breaker" },
	{ "ALTER TABLE message ADD COLUMN mine TEXT", "" },
	{ "CREATE UNIQUE INDEX mine ON electricity (import_t1_wh)",
	  "the index mine on electricity could refuse readings" },
	{ "CREATE INDEX mine ON electricity (abs(import_t1_wh))",
	  "the index mine on electricity could refuse readings" },
	{ "CREATE INDEX mine ON electricity (import_t1_wh)", "" },
	{ "CREATE VIEW mine AS SELECT 1", "" },
};

static void what_a_person_changed_is_made_again(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(changes_made); i++) {
		const char *want = changes_made[i].said;
		struct db_fixture h;
		struct reading r =
			reading_of("M1", at("2026-05-01T12:00:00Z"), 10, 10);
		char said[4096];

		fixture_that_tells(&h, said);
		run_sql(&h, changes_made[i].sql);
		db_fixture_open(&h);
		if (strncmp(said, want, strlen(want)) != 0 ||
		    (*want == '\0' && *said != '\0'))
			fail_msg("%s: '%s'", changes_made[i].sql, said);
		r.message = SPAN("hello");
		take(&h, &r);
		commit(&h);
		check_sql(&h, "SELECT import_wh FROM yearly_wh", "20");
		said[0] = '\0';
		db_fixture_close(&h);
		db_fixture_open(&h);
		check_text(changes_made[i].sql, said, ""); /* once is enough */
		db_fixture_gone(&h);
	}
}

static void readers_refuse_views_of_others(void **state)
{
	struct db_fixture h;
	char said[4096];

	(void)state;
	fixture_that_tells(&h, said);
	check_int("as made", code_of_reading(&h), 0);
	run_sql(&h, "CREATE VIEW mine AS SELECT 1");
	check_int("with one more", code_of_reading(&h), 0);
	run_sql(&h, "DROP VIEW daily_wh");
	check_int("without one", code_of_reading(&h), ERR_CONFIG);
	check_int("repaired", code_of_opening(&h), 0);
	check_int("repaired", code_of_reading(&h), 0);
	db_fixture_gone(&h);
}

static void a_table_that_cannot_be_mended_is_damage(void **state)
{
	struct db_fixture h;
	char said[4096];

	(void)state;
	fixture_that_tells(&h, said);
	run_sql(&h, "DROP TABLE change_list; "
		    "CREATE TABLE change_list (id INTEGER PRIMARY KEY) STRICT");
	check_int("column", code_of_opening(&h), ERR_DAMAGED);
	db_fixture_empty(&h);
	db_fixture_gone(&h);
	fixture_that_tells(&h, said);
	run_sql(&h, "DROP TABLE installation");
	check_int("meters", code_of_opening(&h), ERR_DAMAGED);
	db_fixture_gone(&h);
}

static void triggers_of_others_do_nothing(void **state)
{
	struct db_fixture h;
	struct reading r = reading_of("M1", at("2026-05-01T12:00:00Z"), 10, 10);
	char said[4096];

	(void)state;
	fixture_that_tells(&h, said);
	run_sql(&h, "CREATE TRIGGER a AFTER INSERT ON electricity "
		    "BEGIN DELETE FROM electricity; END");
	run_sql(&h, "CREATE TRIGGER b BEFORE INSERT ON change_list "
		    "BEGIN SELECT RAISE(ABORT, 'no'); END");
	db_fixture_open(&h);
	take(&h, &r);
	check_int("rows", commit(&h), 1);
	check_sql(&h, "SELECT count(*) FROM electricity", "11");
	db_fixture_gone(&h);
}

static void a_calendar_with_holes_is_filled_again(void **state)
{
	static const char *const holes[] = {
		"DELETE FROM calendar_day WHERE day = '2026-05-01'",
		"UPDATE calendar_year SET year = 9223372036854775807 "
		"WHERE year = 2026",
		"UPDATE calendar_month SET end_ts = 4611686018427387904 "
		"WHERE month = '2026-05'",
		"DELETE FROM calendar_year",
	};
	struct db_fixture h;
	char said[4096];

	(void)state;
	fixture_that_tells(&h, said);
	for (size_t i = 0; i < COUNT(holes); i++) {
		run_sql(&h, holes[i]);
		db_fixture_open(&h);
		check_sql(&h, "SELECT day, import_wh FROM daily_wh",
			  "2026-05-01|18");
		check_sql(&h, "SELECT count(*) FROM hourly_wh", "10");
		db_fixture_close(&h);
	}
	db_fixture_gone(&h);
}

/* Looking at every year takes long: only a service and --repair do it. */
static void a_hole_in_an_old_year_is_filled_on_request(void **state)
{
	static const char days[] = "SELECT count(*) FROM calendar_day "
				   "WHERE day = '2026-05-01'";
	struct db_fixture h;
	char said[4096];

	(void)state;
	fixture_that_tells(&h, said);
	h.options.now = at("2030-01-01T00:00:00Z");
	db_fixture_open(&h);
	db_fixture_close(&h);
	run_sql(&h, "DELETE FROM calendar_day WHERE day = '2026-05-01'");
	db_fixture_open(&h);
	check_sql(&h, days, "0");
	db_fixture_close(&h);
	h.options.whole_calendar = true;
	db_fixture_open(&h);
	check_sql(&h, days, "1");
	check_sql(&h, "SELECT day, import_wh FROM daily_wh", "2026-05-01|18");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

static void all_tables_are_strict(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	check_sql(&h,
		  "SELECT group_concat(name) FROM pragma_table_list "
		  "WHERE type = 'table' AND NOT strict "
		  "AND name NOT LIKE 'sqlite_%'",
		  "");
	check_sql(&h, "PRAGMA application_id", "1882279015");
	check_sql(&h, "PRAGMA auto_vacuum", "2");
	check_sql(&h, "PRAGMA journal_mode", "wal");
	db_fixture_gone(&h);
}

/* A damaged file gives an error, not a crash. */
/* Each program, and a person's sqlite3, parses all of it first. */
static void the_schema_stays_short(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	check_sql(&h, "SELECT sum(length(sql)) <= 17000 FROM sqlite_master",
		  "1");
	db_fixture_gone(&h);
}

static void a_damaged_file_is_told(void **state)
{
	char page[4096], wal[128];
	struct db_fixture h;
	struct err e = { 0 };
	FILE *f;
	int rc = 0;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 5000; i++) {
		struct reading r = reading_of(
			"M1", at("2026-05-01T00:00:00Z") + i * 10, i, i);

		take(&h, &r);
	}
	commit(&h); /* the first of the hour goes into the file itself */
	db_fixture_close(&h);
	snprintf(wal, sizeof(wal), "%s-wal", h.path);
	check_int("its WAL", unlink(wal), 0);
	memset(page, 0xa5, sizeof(page));
	f = fopen(h.path, "r+");
	fseek(f, 4096, SEEK_SET);
	for (int i = 0; i < 60; i++)
		fwrite(page, 1, sizeof(page), f);
	fclose(f);
	h.journal = journal_open(h.path, &h.options, &e);
	if (h.journal != NULL) {
		struct reading r =
			reading_of("M1", at("2026-05-02T00:00:00Z"), 1, 2);

		take(&h, &r);
		rc = journal_commit(h.journal, &e);
		check_int("commit", rc, ERR_IO);
	}
	check_int("code", e.code, ERR_DAMAGED);
	if (strstr(e.text, "damaged") == NULL)
		fail_msg("%s", e.text);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_older_schema_is_told_to_readers),
		cmocka_unit_test(all_tables_are_strict),
		cmocka_unit_test(the_schema_stays_short),
		cmocka_unit_test(the_list_of_objects_is_whole),
		cmocka_unit_test(a_number_that_no_version_wrote_is_damage),
		cmocka_unit_test(what_a_person_changed_is_made_again),
		cmocka_unit_test(readers_refuse_views_of_others),
		cmocka_unit_test(a_table_that_cannot_be_mended_is_damage),
		cmocka_unit_test(triggers_of_others_do_nothing),
		cmocka_unit_test(a_calendar_with_holes_is_filled_again),
		cmocka_unit_test(a_hole_in_an_old_year_is_filled_on_request),
		cmocka_unit_test(a_damaged_file_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
