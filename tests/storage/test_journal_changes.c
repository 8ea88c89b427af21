/* Which counters changed, for followers that do not begin again without need. */
#include "storage/history/journal_changes.h"

#include "storage/db/stmt.h"
#include "storage/journal/manual_reading.h"
#include "tests/check.h"
#include "tests/storage/db_fixture.h"

enum { T = 1777593600 }; /* 2026-05-01T00:00:00Z */

static void put(struct db_fixture *h, const char *id, int64_t ts, int64_t wh)
{
	struct reading r = reading_of(id, T + ts, wh, 0);

	take(h, &r);
}

static void put_gas(struct db_fixture *h, int64_t ts, const char *id,
		    int64_t gas_ts, int64_t dm3)
{
	struct reading r = reading_of("E", T + ts, 1000 + ts / 10, 0);

	with_gas(&r, 1, id, T + gas_ts, dm3);
	take(h, &r);
}

static struct journal_state now(struct db_fixture *h)
{
	struct history *history = db_fixture_history(h);
	struct journal_state s;
	struct err e = { 0 };

	must(journal_changes_now(history, &s, &e), &e);
	history_close(history);
	return s;
}

/* Check the range since a change, relative to T; `last` -1: without an end. */
static void check_since(struct db_fixture *h, const char *what, int64_t id,
			int64_t first, int64_t last)
{
	struct history *history = db_fixture_history(h);
	struct err e = { 0 };
	int64_t from, to;

	must(journal_changes_since(history, id, &from, &to, &e), &e);
	check_int(what, from - T, first);
	check_int(what, to, last < 0 ? STMT_LAST_TIME : T + last);
	history_close(history);
}

static void new_readings_change_what_follows_the_last(void **state)
{
	struct db_fixture h;
	int64_t id;

	(void)state;
	db_fixture_new(&h);
	put(&h, "E", 0, 1000);
	put(&h, "E", 600, 1010);
	commit(&h);
	id = now(&h).change;
	put(&h, "E", 1200, 1020);
	put(&h, "E", 1800, 1030);
	commit(&h);
	check_since(&h, "appended", id, 601, -1);
	id = now(&h).change;
	put(&h, "E", 900, 1015);
	commit(&h);
	check_since(&h, "between", id, 601, 1199);
	id = now(&h).change;
	put(&h, "E", -600, 990);
	commit(&h);
	check_since(&h, "before all", id, -T, -1);
	db_fixture_gone(&h);
}

static void a_meter_of_last_year_is_not_sent_again(void **state)
{
	const int64_t year = 365 * 86400;
	struct db_fixture h;
	int64_t id;

	(void)state;
	db_fixture_new(&h);
	put_gas(&h, -year, "G1", -year, 500);
	put_gas(&h, 0, "G2", 0, 100);
	put_gas(&h, 600, "G2", 600, 110);
	commit(&h);
	id = now(&h).change;
	put_gas(&h, 1200, "G2", 1200, 120);
	commit(&h);
	check_since(&h, "the meter of today", id, 601, -1);
	id = now(&h).change;
	put(&h, "E", 1300, 1130);
	commit(&h);
	check_since(&h, "only electricity", id, 1201, -1);
	id = now(&h).change;
	put_gas(&h, 1400, "G2", 1000, 116);
	commit(&h);
	check_since(&h, "gas that is late", id, 601, -1);
	db_fixture_gone(&h);
}

/* A correction of the old meter's end moves the new one's counters. */
static void offsets_change_all_that_follows(void **state)
{
	struct db_fixture h;
	struct err e = { 0 };
	struct manual_reading n = { .meter = "4F4C44", .at = INT64_MIN };
	int64_t id;

	(void)state;
	db_fixture_new(&h);
	put(&h, "4F4C44", 0, 1000);
	put(&h, "4F4C44", 600, 1100);
	put(&h, "4E4557", 1200, 0);
	put(&h, "4E4557", 1800, 50);
	commit(&h);
	id = now(&h).change;
	must(manual_reading_set(&n, "import_t1=1.150", &e), &e);
	must(journal_enter(h.journal, &n, T + 4000, &e), &e);
	check_since(&h, "everything after it", id, 601, -1);
	db_fixture_gone(&h);
}

static void another_time_zone_changes_the_hours(void **state)
{
	struct db_fixture h;
	int64_t id;

	(void)state;
	db_fixture_new(&h);
	put(&h, "E", 0, 1000);
	put(&h, "E", 600, 1010);
	commit(&h);
	id = now(&h).change;
	db_fixture_close(&h);
	db_fixture_open(&h);
	check_int("nothing", now(&h).change, id);
	db_fixture_close(&h);
	h.options.timezone = "Asia/Kolkata";
	db_fixture_open(&h);
	check_since(&h, "all", id, -T, -1);
	db_fixture_gone(&h);
}

static bool is_known(struct db_fixture *h, const struct journal_state *s)
{
	struct history *history = db_fixture_history(h);
	struct err e = { 0 };
	bool known;

	must(journal_changes_known(history, s, &known, &e), &e);
	history_close(history);
	return known;
}

static void a_journal_knows_its_own_states(void **state)
{
	struct db_fixture h, other;
	struct journal_state first, last, wrong;

	(void)state;
	db_fixture_new(&h);
	db_fixture_new(&other);
	put(&h, "E", 0, 1000);
	commit(&h);
	first = now(&h);
	put(&h, "E", 600, 1010);
	commit(&h);
	last = now(&h);
	check_int("an identity", strlen(first.journal), 32);
	check_text("the same", last.journal, first.journal);
	check_int("earlier", is_known(&h, &first), 1);
	check_int("present", is_known(&h, &last), 1);
	wrong = last;
	wrong.change++;
	check_int("later", is_known(&h, &wrong), 0);
	wrong = first;
	wrong.written--;
	check_int("at another time", is_known(&h, &wrong), 0);
	check_int("another journal", is_known(&other, &first), 0);
	check_int("none", is_known(&h, &(struct journal_state){ 0 }), 0);
	db_fixture_gone(&h);
	db_fixture_gone(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_readings_change_what_follows_the_last),
		cmocka_unit_test(a_meter_of_last_year_is_not_sent_again),
		cmocka_unit_test(offsets_change_all_that_follows),
		cmocka_unit_test(another_time_zone_changes_the_hours),
		cmocka_unit_test(a_journal_knows_its_own_states),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
