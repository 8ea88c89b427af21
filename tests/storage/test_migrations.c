/* Schema steps, with invented ones: the first release has none. */
#include "storage/db/migrations.h"
#include "storage/db/stmt.h"
#include "storage/db/transaction.h"
#include "tests/check.h"

/* Possible versions after the first. */
static const char *const steps[] = {
	"-- a table more, and what it follows from\n"
	"CREATE TABLE shed (ts INTEGER PRIMARY KEY, w INTEGER) STRICT;\n"
	"INSERT INTO shed SELECT ts, 2 * w FROM house;\n",
	"ALTER TABLE shed ADD COLUMN place TEXT NOT NULL DEFAULT 'garden';\n"
	"DROP VIEW both;\n"
	"CREATE VIEW both AS SELECT h.w + s.w AS w FROM house AS h "
	"JOIN shed AS s USING (ts);",
	"DROP TABLE house; DROP VIEW both",
	NULL,
};

static sqlite3 *first_version(void)
{
	struct err e = { 0 };
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(
		stmt_exec_script(db,
				 "CREATE TABLE house (ts INTEGER PRIMARY KEY, "
				 "w INTEGER) STRICT;"
				 "INSERT INTO house VALUES (1, 10), (2, 20);"
				 "CREATE VIEW both AS SELECT w FROM house",
				 &e),
		0);
	return db;
}

static int64_t asked(sqlite3 *db, const char *sql)
{
	struct err e = { 0 };
	int64_t n = -1;

	if (stmt_ask(db, sql, &n, &e) < 0)
		fail_msg("%s: %s", sql, e.text);
	return n;
}

static int take(sqlite3 *db, const char *const *list, int64_t from, size_t to,
		struct err *e)
{
	int rc = transaction_begin(db, e);

	if (rc == 0)
		rc = migrations_run(db, list, from, to, e);
	if (rc == 0)
		return transaction_commit(db, e);
	transaction_rollback(db);
	return rc;
}

static void steps_are_taken_in_order(void **state)
{
	struct err e = { 0 };
	sqlite3 *db = first_version();

	(void)state;
	check_int("two", take(db, steps, 0, 2, &e), 0);
	check_int("rows", asked(db, "SELECT sum(w) FROM both"), 90);
	check_int("columns",
		  asked(db, "SELECT count(*) FROM shed WHERE place = 'garden'"),
		  2);
	sqlite3_close(db);
}

static void a_file_in_between_takes_the_rest(void **state)
{
	struct err e = { 0 };
	sqlite3 *db = first_version();

	(void)state;
	check_int("one", take(db, steps, 0, 1, &e), 0);
	check_int("rows", asked(db, "SELECT sum(w) FROM both"), 30);
	check_int("the next", take(db, steps, 1, 2, &e), 0);
	check_int("rows", asked(db, "SELECT sum(w) FROM both"), 90);
	check_int("the last", take(db, steps, 2, 3, &e), 0);
	check_int("tables", asked(db, "SELECT count(*) FROM sqlite_schema"), 1);
	sqlite3_close(db);
}

static void the_newest_takes_none(void **state)
{
	struct err e = { 0 };
	sqlite3 *db = first_version();

	(void)state;
	check_int("none", take(db, steps, 3, 3, &e), 0);
	check_int("none", take(db, &steps[3], 0, 0, &e), 0);
	check_int("objects", asked(db, "SELECT count(*) FROM sqlite_schema"),
		  2);
	sqlite3_close(db);
}

/*
 * A person dropped what the second step needs: the first step is undone, too.
 */
static void a_step_that_fails_undoes_all(void **state)
{
	struct err e = { 0 };
	sqlite3 *db = first_version();

	(void)state;
	assert_int_equal(stmt_exec(db, "DROP VIEW both", &e), 0);
	check_int("code", take(db, steps, 0, 2, &e), ERR_DAMAGED);
	check_text("said", e.text,
		   "the database is damaged: its tables are not those of its "
		   "schema 8");
	check_int("objects", asked(db, "SELECT count(*) FROM sqlite_schema"),
		  1);
	sqlite3_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_taken_in_order),
		cmocka_unit_test(a_file_in_between_takes_the_rest),
		cmocka_unit_test(the_newest_takes_none),
		cmocka_unit_test(a_step_that_fails_undoes_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
