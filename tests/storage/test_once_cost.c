/*
 * The cost of a run: it does not grow with the stored rows, and there is no
 * needless commit.
 */
#include "storage/journal/journal_parts.h"
#include "tests/storage/db_fixture.h"

static long steps;

static int count_step(void *ctx)
{
	(void)ctx;
	steps++;
	return 0;
}

/* Called by SQLite for each connection that is opened. */
static int count_steps(sqlite3 *db, char **message,
		       const struct sqlite3_api_routines *api)
{
	(void)message, (void)api;
	sqlite3_progress_handler(db, 1, count_step, NULL);
	return SQLITE_OK;
}

/* Put n readings of electricity and gas, five minutes apart. */
static void keep(struct db_fixture *h, int n)
{
	int64_t start = at("2026-05-01T00:00:00Z");

	judged_house(h);
	for (int i = 0; i < n; i++) {
		int64_t ts = start + i * 300;
		struct reading r = reading_of("M1", ts, 1000 + i, 0);

		with_gas(&r, 1, "G1", ts, 500 + i);
		take(h, &r);
	}
	commit(h);
	db_fixture_close(h);
}

/* Count SQLite's steps for the next reading: open, commit and close. */
static long steps_of_one_more(struct db_fixture *h, int n)
{
	int64_t ts = at("2026-05-01T00:00:00Z") + n * 300;
	struct reading r = reading_of("M1", ts, 1000 + n, 0);

	with_gas(&r, 1, "G1", ts, 500 + n);
	steps = 0;
	db_fixture_open(h);
	take(h, &r);
	commit(h);
	db_fixture_close(h);
	return steps;
}

static void twenty_times_the_readings_cost_a_run_no_more(void **state)
{
	enum { FEW = 2 * 288 + 12, MANY = 40 * 288 + 12 };
	struct db_fixture few, many;
	long plain, ours;

	(void)state;
	keep(&few, FEW);
	keep(&many, MANY);
	sqlite3_auto_extension((void (*)(void))count_steps);
	plain = steps_of_one_more(&few, FEW);
	ours = steps_of_one_more(&many, MANY);
	sqlite3_cancel_auto_extension((void (*)(void))count_steps);
	print_message("%ld steps after %d readings, %ld after %d\n", plain, FEW,
		      ours, MANY);
	assert_true(plain > 0 && ours * 10 < plain * 12);
	db_fixture_gone(&few);
	db_fixture_gone(&many);
}

/*
 * Statements live as long as the journal, so those that exist after the commit
 * were prepared for it; those of the start are closed at once.
 */
static void a_run_prepares_few_statements(void **state)
{
	enum { MOST = 50 };
	int64_t ts = at("2026-05-01T00:00:00Z") + 288 * 300;
	struct reading r = reading_of("M1", ts, 1288, 0);
	struct db_fixture h;
	sqlite3_stmt *s = NULL;
	int n = 0;

	(void)state;
	keep(&h, 288);
	with_gas(&r, 1, "G1", ts, 788);
	db_fixture_open(&h);
	take(&h, &r);
	commit(&h);
	while ((s = sqlite3_next_stmt(h.journal->db, s)) != NULL)
		n++;
	print_message("%d statements\n", n);
	assert_true(n > 0 && n <= MOST);
	db_fixture_gone(&h);
}

/* Late readings wait for the ordinary commit, however many there are. */
static void only_what_keeps_others_waiting_is_urgent(void **state)
{
	int64_t start = at("2026-05-01T00:00:00Z");
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	journal_heard(h.journal, true, 1000);
	for (int hour = 0; hour < 48; hour += 47) {
		struct reading r = reading_of("M1", start + hour * 3600,
					      1000 + hour * 60, 0);

		take(&h, &r);
	}
	for (int i = 1; i < 47 * 60; i++) {
		struct reading r =
			reading_of("M1", start + i * 60, 1000 + i, 0);

		take(&h, &r);
		assert_false(journal_urgent(h.journal));
	}
	for (int i = 0; i < 3; i++) {
		struct reading r =
			reading_of("M1", start + 48 * 3600 + i * 60, 1 + i, 0);

		assert_false(journal_urgent(h.journal));
		take(&h, &r);
	}
	assert_true(journal_urgent(h.journal));
	commit(&h);
	check_sql(&h, "SELECT count(*) FROM electricity", "2821");
	check_sql(&h, "SELECT count(*) FROM held", "3");
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twenty_times_the_readings_cost_a_run_no_more),
		cmocka_unit_test(a_run_prepares_few_statements),
		cmocka_unit_test(only_what_keeps_others_waiting_is_urgent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
