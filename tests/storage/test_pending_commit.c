#include "tests/storage/db_fixture.h"

enum { MANY = 12000 }; /* more than a day of rows ten seconds apart */

#define BEGIN "2026-01-01T00:00:00Z"

static void put_many(struct db_fixture *h, int64_t from)
{
	for (int i = 0; i < MANY; i++) {
		int64_t ts = from + 10 * i;
		struct reading r = reading_of("M1", ts, ts - at(BEGIN), 0);

		take(h, &r);
	}
}

/* An import puts much more than a day between two commits. */
static void nothing_is_given_up_before_a_commit_fails(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	put_many(&h, at(BEGIN));
	check_int("waiting", journal_waiting(h.journal), MANY);
	check_int("new rows", commit(&h) >= MANY, 1);
	check_sql(&h, "SELECT count(*), min(import_t1_wh) FROM electricity",
		  "12000|0");
	db_fixture_gone(&h);
}

/* The disk refuses them: the newest day waits, and is written later. */
static void a_day_waits_for_a_disk_that_fails(void **state)
{
	struct err e = { 0 };
	struct db_fixture h;
	sqlite3 *other = NULL;
	const char *told;

	(void)state;
	db_fixture_new(&h);
	put_many(&h, at(BEGIN));
	assert_int_equal(sqlite3_open(h.path, &other), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(other, "BEGIN EXCLUSIVE", NULL, NULL, NULL),
		SQLITE_OK);
	assert_true(journal_commit(h.journal, &e) < 0);
	check_int("waiting", journal_waiting(h.journal), MANY);
	put_many(&h, at(BEGIN) + 10 * MANY);
	assert_in_range(journal_waiting(h.journal), 7000, 8640);
	assert_int_equal(sqlite3_close(other), SQLITE_OK);
	commit(&h);
	told = ask(&h, "SELECT max(ts) - min(ts) < 86400, count(*) > 7000 "
		       "FROM electricity");
	check_text("the youngest", told, "1|1");
	put_many(&h, at("2026-02-01T00:00:00Z"));
	check_int("as before", journal_waiting(h.journal), MANY);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_given_up_before_a_commit_fails),
		cmocka_unit_test(a_day_waits_for_a_disk_that_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
