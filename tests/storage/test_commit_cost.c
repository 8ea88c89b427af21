/*
 * The cost of a commit, in steps of SQLite's virtual machine and in rows
 * written: the same after many telegrams as after few, whatever identifiers
 * come. Also: what runs of one commit each leave in the WAL.
 */
#include "base/utc.h"
#include "storage/journal/journal_parts.h"
#include "tests/storage/db_fixture.h"

enum {
	STEP = 10,
	BATCH = 30,
	COMMITS = 12, /* measured together: an hour */
	FEW = 1080,
	MANY = 7200,
};

struct commit_cost {
	int64_t steps, rows;
};

static struct commit_cost cost_of(const struct db_fixture *h)
{
	sqlite3 *db = h->journal->db;
	struct commit_cost c = { .rows = sqlite3_total_changes(db) };

	for (sqlite3_stmt *s = NULL; (s = sqlite3_next_stmt(db, s)) != NULL;)
		c.steps += sqlite3_stmt_status(s, SQLITE_STMTSTATUS_VM_STEP, 0);
	return c;
}

static const char *house_alone(int i, char *buf)
{
	(void)i;
	return strcpy(buf, "AAAA");
}

static const char *two_in_turn(int i, char *buf)
{
	return strcpy(buf, i % 2 ? "BBBB" : "AAAA");
}

static const char *ever_new(int i, char *buf)
{
	sprintf(buf, "%08X", i);
	return buf;
}

static const char *new_beside_the_house(int i, char *buf)
{
	return i % 2 ? ever_new(i, buf) : strcpy(buf, "AAAA");
}

static const char *new_beside_two(int i, char *buf)
{
	return i % 3 ? two_in_turn(i % 3, buf) : ever_new(i, buf);
}

static const char *many_in_turn(int i, char *buf)
{
	sprintf(buf, "%08X", i % 20);
	return buf;
}

static const struct {
	const char *name;
	const char *(*identifier)(int i, char *buf);
	const char *also;
} streams[] = {
	{ "one meter", house_alone, "" },
	{ "two in turn", two_in_turn, "" },
	{ "two that are added up", two_in_turn, "BBBB" },
	{ "ever new ones", ever_new, "" },
	{ "new ones beside the house's", new_beside_the_house, "" },
	{ "new ones beside two", new_beside_two, "BBBB" },
	{ "twenty in turn", many_in_turn, "" },
};

static int put(struct db_fixture *h, size_t stream, int i, int n)
{
	char id[32];

	for (int end = i + n; i < end; i++) {
		const int64_t ts = at("2026-03-01T00:00:00Z") + i * STEP;
		struct reading r = reading_of(streams[stream].identifier(i, id),
					      ts, 1000 + i * 3, 5000 + i * 7);

		with_gas(&r, 1, i % 2 ? "4742" : "4741", ts - ts % 300,
			 ts / 300 % 10000);
		take(h, &r);
		if (i % BATCH == BATCH - 1)
			commit(h);
	}
	return i;
}

/* Measure the hour after the i-th telegram. */
static struct commit_cost measure(struct db_fixture *h, size_t stream, int *i)
{
	struct commit_cost before, after;

	*i = put(h, stream, *i, -*i % 360 + 360);
	before = cost_of(h);
	*i = put(h, stream, *i, COMMITS * BATCH);
	after = cost_of(h);
	return (struct commit_cost){ after.steps - before.steps,
				     after.rows - before.rows };
}

static void a_commit_costs_the_same(void **state)
{
	(void)state;
	for (size_t k = 0; k < COUNT(streams); k++) {
		struct db_fixture h;
		struct commit_cost few, many;
		int i;

		judged_house(&h);
		db_fixture_close(&h);
		h.options.also = streams[k].also;
		db_fixture_open(&h);
		i = put(&h, k, 0, FEW);
		few = measure(&h, k, &i);
		i = put(&h, k, i, MANY - i);
		many = measure(&h, k, &i);
		print_message("%s: %lld steps, %lld rows; then %lld, %lld\n",
			      streams[k].name, (long long)few.steps,
			      (long long)few.rows, (long long)many.steps,
			      (long long)many.rows);
		if (many.steps > few.steps + few.steps / 4 ||
		    many.rows > few.rows + few.rows / 4)
			fail_msg("%s: %lld steps, %lld rows, not %lld, %lld",
				 streams[k].name, (long long)many.steps,
				 (long long)many.rows, (long long)few.steps,
				 (long long)few.rows);
		db_fixture_gone(&h);
	}
}

enum { OWN = 60, HELD_COMMITS = 4 };

/*
 * The meter AAAA, read each hour, comes back, with counters that fell or climb too fast, after
 * `others` readings of the one that replaced it. Returns the steps of the last of
 * some commits of its readings.
 */
static int64_t steps_of_return(int others, int64_t t1, int64_t t2)
{
	int64_t ts = at("2026-03-01T00:00:00Z"), before = 0;
	struct db_fixture h;

	judged_house(&h);
	for (int i = 0; i < OWN + others; i++, ts += i < OWN ? HOUR_S : STEP) {
		struct reading r = reading_of(i < OWN ? "AAAA" : "BBBB", ts,
					      100000 + i * 3, 5000 + i * 7);

		take(&h, &r);
		if (i % 2000 == OWN)
			commit(&h);
	}
	for (int i = 0; i < HELD_COMMITS; i++) {
		commit(&h);
		before = cost_of(&h).steps;
		for (int k = 0; k < BATCH; k++, ts += STEP) {
			struct reading r = reading_of("AAAA", ts, t1 += 3, t2);

			take(&h, &r);
		}
	}
	commit(&h);
	before = cost_of(&h).steps - before;
	check_sql(&h, "SELECT count(*) FROM held", "120");
	db_fixture_gone(&h);
	return before;
}

static void a_meter_that_returns_costs_the_same(void **state)
{
	static const struct {
		const char *name;
		int64_t t1, t2;
	} returns[] = {
		{ "fell", 100, 50 },
		{ "far too high", INT64_C(90000000000), 200000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(returns); i++) {
		const int64_t few = steps_of_return(1000, returns[i].t1,
						    returns[i].t2),
			      many = steps_of_return(20000, returns[i].t1,
						     returns[i].t2);

		print_message("%s: %lld steps; then %lld\n", returns[i].name,
			      (long long)few, (long long)many);
		if (many > few + few / 4)
			fail_msg("%s: %lld steps, not %lld", returns[i].name,
				 (long long)many, (long long)few);
	}
}

/*
 * One run of cron, some seconds after the last change was written. Returns the
 * size of the WAL after it.
 */
static int64_t wal_after(struct db_fixture *h, int run, int passed_s,
			 const char *sql)
{
	const int64_t ts = at("2026-03-01T10:00:00Z") + 300 * run;
	struct reading r = reading_of("AAAA", ts, ts % 100000, 1);
	char text[160];
	struct stat st;

	db_fixture_open(h);
	take(h, &r);
	snprintf(
		text, sizeof(text),
		"UPDATE change_list SET written_ts = strftime('%%s', 'now') - %d; %s",
		passed_s, sql);
	run_sql(h, text);
	commit(h);
	db_fixture_close(h);
	snprintf(text, sizeof(text), "%s-wal", h->path);
	check_int("there is a WAL", stat(text, &st), 0);
	return st.st_size;
}

/*
 * The next run appends to the WAL of the one before, and copies all of it into
 * the file at its checkpoint: both stay small only if some runs empty it.
 */
static void runs_of_cron_empty_the_wal(void **state)
{
	static const char many_pages[] =
		"PRAGMA wal_autocheckpoint = 0; INSERT INTO message VALUES "
		"(1, hex(zeroblob(2500000)), '')";
	struct db_fixture h;
	int64_t first, second;

	(void)state;
	db_fixture_new(&h);
	db_fixture_close(&h);
	check_int("the first run", wal_after(&h, 0, 0, ""), 0);
	first = wal_after(&h, 1, 0, "");
	second = wal_after(&h, 2, 0, "");
	check_int("another writes", first > 0, 1);
	check_int("the next appends", second > first, 1);
	check_int("1000 pages are many", wal_after(&h, 3, 0, many_pages), 0);
	check_int("writes again", wal_after(&h, 4, 0, "") > 0, 1);
	check_int("an hour later", wal_after(&h, 5, 3600, ""), 0);
	check_sql(&h, "SELECT count(*) FROM electricity", "6");
	db_fixture_gone(&h);
}

static const char two_megabytes[] =
	"INSERT INTO phases (ts, voltage_l1_mv, voltage_l2_mv, voltage_l3_mv) "
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
	"WHERE i < 80000) SELECT 1700000000 + 300 * i, 230000, 230000, 230000 "
	"FROM n";

static int cache_of(struct db_fixture *h)
{
	int now = 0, most = 0;

	sqlite3_db_status(h->journal->db, SQLITE_DBSTATUS_CACHE_USED, &now,
			  &most, 0);
	return now;
}

/* The check at the start reads the whole file. */
static void a_service_keeps_few_pages_in_memory(void **state)
{
	struct reading r =
		reading_of("AAAA", at("2026-05-01T00:00:00Z"), 1000, 0);
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	take(&h, &r);
	commit(&h);
	db_fixture_close(&h);
	run_sql(&h, two_megabytes);
	h.options.service = true;
	db_fixture_open(&h);
	assert_in_range(cache_of(&h), 1, 400000);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_service_keeps_few_pages_in_memory),
		cmocka_unit_test(a_commit_costs_the_same),
		cmocka_unit_test(a_meter_that_returns_costs_the_same),
		cmocka_unit_test(runs_of_cron_empty_the_wal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
