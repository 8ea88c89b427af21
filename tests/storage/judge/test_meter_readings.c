/* The readings of a meter in a database, compared with the same in a list. */
#include <stdlib.h>

#include "storage/judge/meter_readings.h"
#include "tests/check.h"
#include "tests/storage/judge/random_readings.h"

enum { MOST = 60, METER = 7, OTHER = 8 };

struct shelf {
	sqlite3 *db;
	struct meter_readings readings;
	struct chain_reading list[MOST];
	bool accepted[MOST];
	int n;
};

static void run(sqlite3 *db, sqlite3_str *sql)
{
	struct err e;

	if (stmt_exec_text(db, sql, &e) < 0)
		fail_msg("%s", e.text);
}

/* Create a table with the columns of the counters. */
static void make_table(sqlite3 *db, const char *name)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql,
			    "CREATE TABLE %s (meter, ts, weight, "
			    "id INTEGER PRIMARY KEY, reason, value",
			    name);
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		sqlite3_str_appendf(sql, ", %s", quantities[q].column);
	sqlite3_str_appendall(sql, ")");
	run(db, sql);
}

static void add_row(sqlite3 *db, const char *table, int meter,
		    const struct chain_reading *one)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql,
			    "INSERT INTO %s VALUES (%d, %lld, %lld, NULL, "
			    "'back', NULL",
			    table, meter, (long long)one->point.ts,
			    (long long)one->weight);
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		if (one->point.have >> q & 1)
			sqlite3_str_appendf(sql, ", %lld",
					    (long long)one->point.value[q]);
		else
			sqlite3_str_appendall(sql, ", NULL");
	sqlite3_str_appendall(sql, ")");
	run(db, sql);
}

static void add_run(sqlite3 *db, int meter, int64_t ts)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(
		sql,
		"INSERT INTO installation VALUES (0, 'electricity', %lld, %d)",
		(long long)ts, meter);
	run(db, sql);
}

static void add_pin(sqlite3 *db, const struct chain_reading *one)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	int first = judge_first(&one->point);

	sqlite3_str_appendf(
		sql, "INSERT INTO pin VALUES (%d, %lld, %lld, %d, %lld)", METER,
		(long long)one->point.ts, (long long)one->point.ts,
		one->pin == PIN_ACCEPTED, (long long)one->point.value[first]);
	run(db, sql);
}

/*
 * Add the runs of the rows so far, with rows of another meter between some of
 * them.
 */
static void add_runs(struct shelf *s, uint64_t *seed)
{
	int meter = 0;

	for (int i = 0; i < s->n; i++) {
		struct chain_reading other = s->list[i];

		if (!s->accepted[i])
			continue;
		if (meter != METER)
			add_run(s->db, METER, s->list[i].point.ts);
		meter = METER;
		other.point.ts++;
		if (random_below(seed, 4) > 0 ||
		    (i + 1 < s->n && s->list[i + 1].point.ts <= other.point.ts))
			continue;
		add_row(s->db, "electricity", OTHER, &other);
		add_run(s->db, OTHER, other.point.ts);
		meter = OTHER;
	}
}

/* Fill a new database, also with rows of another meter. */
static void fill(struct shelf *s, uint64_t *seed)
{
	struct err e;

	assert_int_equal(sqlite3_open(":memory:", &s->db), SQLITE_OK);
	make_table(s->db, "electricity");
	make_table(s->db, "held");
	if (stmt_exec(s->db,
		      "CREATE TABLE pin (meter, first_ts, last_ts, accepted, "
		      "counter)",
		      &e) < 0 ||
	    stmt_exec(s->db,
		      "CREATE TABLE installation (channel, medium, first_ts, "
		      "meter)",
		      &e) < 0)
		fail_msg("%s", e.text);
	s->n = random_readings(seed, s->list, MOST, RANDOM_FORMS | RANDOM_PINS);
	for (int i = 0; i < s->n; i++) {
		s->list[i].weight = 1 + random_below(seed, 30);
		s->accepted[i] = random_below(seed, 4) > 0;
		add_row(s->db, s->accepted[i] ? "electricity" : "held", METER,
			&s->list[i]);
		add_row(s->db, "held", OTHER, &s->list[i]);
		if (s->list[i].pin != PIN_NONE)
			add_pin(s->db, &s->list[i]);
	}
	if (random_below(seed, 2) > 0)
		add_runs(s, seed);
	if (meter_readings_open(&s->readings, s->db, KIND_ELECTRICITY, &e) < 0)
		fail_msg("%s", e.text);
}

static void empty(struct shelf *s)
{
	meter_readings_close(&s->readings);
	assert_int_equal(sqlite3_close(s->db), SQLITE_OK);
}

static void check_read(struct shelf *s, int64_t from, int64_t to)
{
	const struct window_source source =
		meter_readings_of(&s->readings, METER);
	struct window w = { 0 };
	size_t next = 0;
	struct err e;

	assert_int_equal(source.read(source.of, from, to, &w, &e), 0);
	if (w.n > 0)
		qsort(w.list, w.n, sizeof(*w.list), chain_compare);
	for (int i = 0; i < s->n; i++) {
		const struct chain_reading *one = &s->list[i];

		if (one->point.ts < from || one->point.ts > to)
			continue;
		assert_true(next < w.n);
		check_int("place", chain_compare(&w.list[next], one), 0);
		check_int("weight", w.list[next].weight, one->weight);
		check_int("pin", w.list[next].pin, one->pin);
		next++;
	}
	check_int("readings", w.n, next);
	window_free(&w);
}

static void check_accepted(struct shelf *s, int64_t ts, enum way way,
			   int64_t count, int64_t away)
{
	const struct window_source source =
		meter_readings_of(&s->readings, METER);
	int step = way == WAY_FORWARD ? 1 : -1;
	int64_t open = way == WAY_FORWARD ? INT64_MAX : INT64_MIN;
	int64_t want = open, is = open, left = count;
	struct err e;

	for (int i = step > 0 ? 0 : s->n - 1; i >= 0 && i < s->n; i += step) {
		int64_t distance = (s->list[i].point.ts - ts) * step;

		if (s->accepted[i] && distance > 0 && --left <= 0 &&
		    distance >= away) {
			want = s->list[i].point.ts;
			break;
		}
	}
	assert_int_equal(
		source.accepted(source.of, ts, way, count, away, &is, &e), 0);
	check_int("accepted", is, want);
}

static void check_held(struct shelf *s, int64_t from, int64_t to, enum way way)
{
	const struct window_source source =
		meter_readings_of(&s->readings, METER);
	int64_t want = -1, is = -1, weight[2] = { 0, 0 };
	struct err e;

	for (int i = 0; i < s->n; i++) {
		int64_t ts = s->list[i].point.ts;

		if (ts < from || ts > to)
			continue;
		weight[s->accepted[i]] += s->list[i].weight;
		if (!s->accepted[i] && (want == -1 || way == WAY_FORWARD))
			want = ts;
	}
	if (weight[true] > 4 * weight[false])
		want = -1;
	assert_int_equal(source.held(source.of, from, to, way, &is, &e), 0);
	check_int("held", is, want);
}

static void the_database_answers_like_a_list(void **state)
{
	static struct shelf s;
	uint64_t seed = 4;

	(void)state;
	for (int round = 0; round < 80; round++) {
		fill(&s, &seed);
		for (int k = 0; k < 10; k++) {
			int64_t from =
				s.list[random_below(&seed, s.n)].point.ts;
			int64_t to = s.list[random_below(&seed, s.n)].point.ts;
			enum way way = k % 2 ? WAY_FORWARD : WAY_BACK;

			check_read(&s, from, to);
			check_accepted(&s, from, way,
				       1 + random_below(&seed, 20),
				       random_below(&seed, 3) * 500);
			check_held(&s, from, to, way);
		}
		check_read(&s, INT64_MIN, INT64_MAX);
		empty(&s);
	}
}

static void what_is_rejected_leaves_no_doubt(void **state)
{
	static struct shelf s;
	const struct window_source source =
		meter_readings_of(&s.readings, METER);
	uint64_t seed = 5;
	int64_t at = -1;
	struct err e;

	(void)state;
	fill(&s, &seed);
	if (stmt_exec(s.db, "DELETE FROM pin", &e) < 0 ||
	    stmt_exec(s.db,
		      "INSERT INTO pin VALUES (7, 0, 9000000000, 0, NULL)",
		      &e) < 0)
		fail_msg("%s", e.text);
	s.readings.meter = METER;
	assert_int_equal(
		source.held(source.of, INT64_MIN, INT64_MAX, WAY_BACK, &at, &e),
		0);
	check_int("held", at, -1);
	empty(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_database_answers_like_a_list),
		cmocka_unit_test(what_is_rejected_leaves_no_doubt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
