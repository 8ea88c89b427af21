#include "tests/storage/house.h"

/* What it does to a file of another version is tried from within. */
#include "storage/schema.c"

static void drop_views(const struct house *h, sqlite3 *db)
{
	const char *name;
	char sql[128];

	while (*(name = ask(h, "SELECT name FROM sqlite_schema "
			       "WHERE type = 'view' LIMIT 1"))) {
		snprintf(sql, sizeof(sql), "DROP VIEW %s", name);
		check_int(sql, sqlite3_exec(db, sql, NULL, NULL, NULL),
			  SQLITE_OK);
	}
}

static void columns_of_new_registers_are_added(void **state)
{
	struct house h;
	struct reading r;
	struct err e = { 0 };
	sqlite3 *db;

	(void)state;
	house_new(&h);
	house_close(&h);
	sqlite3_open(h.path, &db);
	drop_views(&h, db);
	must(stmt_exec(db, "ALTER TABLE phases DROP COLUMN current_l3_ma", &e),
	     &e);
	must(stmt_exec(db,
		       "ALTER TABLE installation "
		       "DROP COLUMN export_t4_wh_offset",
		       &e),
	     &e);
	/* as if this were the migration to the version of today */
	must(migrate_from(db, schema_version(), &e), &e);
	sqlite3_close(db);
	check_sql(&h,
		  "SELECT count(*) FROM pragma_table_info('phases') WHERE name "
		  "= 'current_l3_ma'",
		  "1");
	house_open(&h);
	r = reading_of("M1", at("2026-05-01T00:00:00Z"), 1, 2);
	with(&r, Q_CURRENT_L3, 1500);
	put(&h, &r);
	commit(&h);
	check_sql(&h, "SELECT current_l3_ma FROM phases", "1500");
	check_sql(&h, "SELECT day, import_wh FROM daily_wh", "2026-05-01|0");
	house_gone(&h);
}

static void views_that_a_person_added_stay(void **state)
{
	struct house h;
	struct err e = { 0 };
	sqlite3 *db;

	(void)state;
	house_new(&h);
	house_close(&h);
	sqlite3_open(h.path, &db);
	must(stmt_exec(db,
		       "CREATE VIEW mine AS SELECT count(*) AS days "
		       "FROM daily",
		       &e),
	     &e);
	must(migrate_from(db, schema_version(), &e), &e);
	sqlite3_close(db);
	check_sql(&h, "SELECT days FROM mine", "0");
	/* and none of ours is forgotten when they are made anew */
	check_sql(&h, "SELECT count(*) FROM sqlite_schema WHERE type = 'view'",
		  "15");
	house_gone(&h);
}

static void an_older_schema_is_told_to_readers(void **state)
{
	struct house h;
	struct err e = { 0 };
	sqlite3 *db;

	(void)state;
	house_new(&h);
	house_close(&h);
	sqlite3_open(h.path, &db);
	must(stmt_exec(db, "PRAGMA user_version = 0", &e), &e);
	sqlite3_close(db);
	check_int("opened", history_open(h.path, &e) != NULL, 0);
	check_int("code", e.code, ERR_CONFIG);
	if (strstr(e.text, "run p1logger once") == NULL)
		fail_msg("%s", e.text);
	house_gone(&h);
}

static void all_tables_are_strict(void **state)
{
	struct house h;

	(void)state;
	house_new(&h);
	check_sql(&h,
		  "SELECT group_concat(name) FROM pragma_table_list "
		  "WHERE type = 'table' AND NOT strict "
		  "AND name NOT LIKE 'sqlite_%'",
		  "");
	check_sql(&h, "PRAGMA application_id", "1882279015");
	check_sql(&h, "PRAGMA auto_vacuum", "2");
	check_sql(&h, "PRAGMA journal_mode", "wal");
	house_gone(&h);
}

/* A file that somebody damaged: an error, and no crash. */
static void a_damaged_file_is_told(void **state)
{
	char page[4096], wal[128];
	struct house h;
	struct err e = { 0 };
	FILE *f;
	int rc = 0;

	(void)state;
	house_new(&h);
	for (int i = 0; i < 5000; i++) {
		struct reading r = reading_of(
			"M1", at("2026-05-01T00:00:00Z") + i * 10, i, i);

		put(&h, &r);
	}
	commit(&h); /* the first of the hour: in the file itself */
	house_close(&h);
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

		put(&h, &r);
		rc = journal_commit(h.journal, &e);
		check_int("commit", rc, ERR_IO);
	}
	check_int("code", e.code, ERR_DAMAGED);
	if (strstr(e.text, "damaged") == NULL)
		fail_msg("%s", e.text);
	house_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_of_new_registers_are_added),
		cmocka_unit_test(views_that_a_person_added_stay),
		cmocka_unit_test(an_older_schema_is_told_to_readers),
		cmocka_unit_test(all_tables_are_strict),
		cmocka_unit_test(a_damaged_file_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
