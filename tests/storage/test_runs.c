/* Runs and offsets: each story has the rows, and the expected table of runs. */
#include "storage/journal/runs.h"
#include "storage/judge/counter_offsets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "storage/db/schema.h"
#include "storage/history/interpolation.h"
#include "storage/judge/roll_over.h"
#include "tests/check.h"

enum { MOST = 8, NO = -1 };

/* Meters 1 to 3 count electricity, 4 and 5 gas, 6 water. */
static const char meters[] =
	"INSERT INTO meter (id, medium, unit, identifier, channel) VALUES "
	"(1, 'electricity', 'wh', 'a', 0), (2, 'electricity', 'wh', 'b', 0), "
	"(3, 'electricity', 'wh', 'c', 0), (4, 'gas', 'dm3', 'd', 0), "
	"(5, 'gas', 'dm3', 'e', 0), (6, 'water', 'dm3', 'f', 0)";

/* A row; for an M-Bus meter `total` is its value. NO: not shown. */
struct said {
	int64_t ts;
	int meter, channel;
	int64_t total, t1, t2;
};

#define TOTAL(ts, meter, total)                                                \
	{                                                                      \
		ts, meter, 0, total, NO, NO                                    \
	}
#define BOTH(ts, meter, t1, t2)                                                \
	{                                                                      \
		ts, meter, 0, NO, t1, t2                                       \
	}
#define MBUS(ts, meter, channel, value)                                        \
	{                                                                      \
		ts, meter, channel, value, NO, NO                              \
	}

/*
 * "time channel/meter (why) offsets": offsets of import, t1 and t2, or of the
 * value.
 */
static const struct story {
	const char *name;
	struct said said[MOST];
	const char *runs;
} stories[] = {
	{ "one meter",
	  { TOTAL(10, 1, 100), TOTAL(20, 1, 130) },
	  "10 0/1 0 - -" },
	{ "a swap",
	  { TOTAL(10, 1, 5000), TOTAL(20, 2, 3), TOTAL(30, 2, 10) },
	  "10 0/1 0 - -; 20 0/2 4997 - -" },
	{ "a swap and back",
	  { TOTAL(10, 1, 100), TOTAL(20, 1, 110), TOTAL(30, 2, 7),
	    TOTAL(40, 2, 9), TOTAL(50, 1, 900), TOTAL(60, 1, 901) },
	  "10 0/1 0 - -; 30 0/2 103 - -; 50 0/1 -788 - -" },
	{ "three meters, one row each",
	  { TOTAL(10, 1, 100), TOTAL(20, 2, 7), TOTAL(30, 3, 50) },
	  "10 0/1 0 - -; 20 0/2 93 - -; 30 0/3 50 - -" },
	{ "the total, its tariffs, the total",
	  { TOTAL(10, 1, 1000), TOTAL(20, 1, 1010), BOTH(30, 1, 400, 625),
	    BOTH(40, 1, 410, 625), TOTAL(50, 1, 1040) },
	  "10 0/1 0 400 625; 30 0/1 0 0 0; 50 0/1 0 410 625" },
	{ "digits that the tariffs cut off",
	  { TOTAL(10, 1, 1000), BOTH(20, 1, 399, 600), TOTAL(30, 1, 1005) },
	  "10 0/1 0 399 600; 20 0/1 1 0 0; 30 0/1 0 399 600" },
	{ "a register that appears stood still before",
	  { { 10, 1, 0, 90, NO, NO }, { 20, 1, 0, 95, NO, 7 } },
	  "10 0/1 0 - 7; 20 0/1 0 - 0" },
	{ "a register that appears with a new meter",
	  { TOTAL(10, 1, 90), { 20, 2, 0, 5, 3, NO }, TOTAL(30, 3, 8) },
	  "10 0/1 0 3 -; 20 0/2 85 0 -; 30 0/3 82 3 -" },
	{ "a register that pauses",
	  { BOTH(10, 1, 400, 600), BOTH(20, 1, NO, 610),
	    BOTH(30, 1, 420, 612) },
	  "10 0/1 0 0 0; 20 0/1 400 400 0; 30 0/1 0 0 0" },
	{ "a register that is reset while it pauses",
	  { BOTH(10, 1, 400, 600), BOTH(20, 1, NO, 610), BOTH(30, 1, 20, 612) },
	  "10 0/1 0 0 0; 20 0/1 400 400 0; 30 0/1 (reset) 380 380 0" },
	{ "a register that rolls over while it pauses",
	  { BOTH(10, 1, 99999990, 600), BOTH(20, 1, NO, 610),
	    BOTH(30, 1, 5, 612) },
	  "10 0/1 0 0 0; 20 0/1 99999990 99999990 0; "
	  "30 0/1 (roll-over) 100000000 100000000 0" },
	{ "a roll-over",
	  { TOTAL(10, 1, 99999990), TOTAL(20, 1, 5), TOTAL(30, 1, 9) },
	  "10 0/1 0 - -; 20 0/1 (roll-over) 100000000 - -" },
	{ "a reset",
	  { TOTAL(10, 1, 5000), TOTAL(20, 1, 40), TOTAL(30, 1, 50) },
	  "10 0/1 0 - -; 20 0/1 (reset) 4960 - -" },
	{ "a fall where the registers change too",
	  { { 10, 1, 0, 5000, NO, NO }, { 20, 1, 0, 40, 7, NO } },
	  "10 0/1 0 7 -; 20 0/1 (reset) 4960 0 -" },
	{ "a new meter shows less: no reset",
	  { BOTH(10, 1, 5000, 10), BOTH(20, 2, 40, 5) },
	  "10 0/1 0 0 0; 20 0/2 4965 4960 5" },
	{ "rows without a counter",
	  { BOTH(10, 1, NO, NO), BOTH(20, 1, NO, NO), TOTAL(30, 1, 7) },
	  "10 0/1 7 - -; 30 0/1 0 - -" },
	{ "gas and water",
	  { MBUS(10, 4, 1, 100), MBUS(20, 4, 1, 130), MBUS(10, 6, 2, 5),
	    MBUS(20, 6, 2, 5) },
	  "10 1/4 0; 10 2/6 0" },
	{ "M-Bus: a swap",
	  { MBUS(10, 4, 1, 100), MBUS(20, 5, 1, 7), MBUS(30, 5, 1, 9) },
	  "10 1/4 0; 20 1/5 0" },
	{ "M-Bus: a swap and back",
	  { MBUS(10, 4, 1, 100), MBUS(20, 4, 1, 110), MBUS(30, 5, 1, 7),
	    MBUS(40, 5, 1, 9), MBUS(50, 4, 1, 900), MBUS(60, 4, 1, 901) },
	  "10 1/4 0; 30 1/5 0; 50 1/4 -790" },
	{ "M-Bus: back, and it shows less: no reset",
	  { MBUS(10, 4, 1, 100), MBUS(20, 5, 1, 7), MBUS(30, 4, 1, 60),
	    MBUS(40, 5, 1, 7), MBUS(50, 4, 1, 61) },
	  "10 1/4 0; 20 1/5 0; 30 1/4 40; 40 1/5 0; 50 1/4 39" },
	{ "M-Bus: both at one stamp, and one goes",
	  { MBUS(10, 4, 1, 100), MBUS(20, 4, 1, 110), MBUS(20, 5, 1, 7),
	    MBUS(30, 5, 1, 9) },
	  "10 1/4 0; 20 1/5 0" },
	{ "M-Bus: both start at one stamp",
	  { MBUS(10, 4, 1, 100), MBUS(10, 5, 1, 7), MBUS(20, 4, 1, 101),
	    MBUS(20, 5, 1, 8) },
	  "10 1/4 0; 10 1/5 0" },
	{ "M-Bus: two meters side by side",
	  { MBUS(10, 4, 1, 100), MBUS(15, 5, 2, 7), MBUS(20, 4, 1, 101),
	    MBUS(25, 5, 2, 8) },
	  "10 1/4 0; 15 2/5 0" },
	{ "M-Bus: another medium on the channel in between",
	  { MBUS(10, 4, 1, 100), MBUS(15, 6, 1, 7), MBUS(20, 4, 1, 101) },
	  "10 1/4 0; 15 1/6 0" },
	{ "M-Bus: another channel, and back",
	  { MBUS(10, 4, 1, 100), MBUS(20, 4, 2, 105), MBUS(30, 4, 1, 107) },
	  "10 1/4 0; 20 2/4 0; 30 1/4 0" },
	{ "M-Bus: a roll-over",
	  { MBUS(10, 4, 1, 99999990), MBUS(20, 4, 1, 5), MBUS(30, 4, 1, 6) },
	  "10 1/4 0; 20 1/4 (roll-over) 100000000" },
	{ "M-Bus: a reset on another channel",
	  { MBUS(10, 4, 1, 500), MBUS(20, 4, 2, 5), MBUS(30, 4, 2, 6) },
	  "10 1/4 0; 20 2/4 (reset) 495" },
};

struct site {
	sqlite3 *db;
	struct runs runs;
};

#define must(call, e)                                                          \
	do {                                                                   \
		if ((call) < 0)                                                \
			fail_msg("%s: %s", #call, (e).text);                   \
	} while (0)

static void run(sqlite3 *db, const char *sql)
{
	char *text = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &text) != SQLITE_OK)
		fail_msg("%s: %s", sql, text);
}

static void site_new(struct site *p)
{
	struct err e = { 0 };

	assert_int_equal(sqlite3_open(":memory:", &p->db), SQLITE_OK);
	run(p->db, "BEGIN");
	must(schema_make(p->db, &e), e);
	run(p->db, meters);
	must(runs_open(&p->runs, p->db, &e), e);
}

static void site_gone(struct site *p)
{
	runs_close(&p->runs);
	run(p->db, "COMMIT");
	assert_int_equal(sqlite3_close(p->db), SQLITE_OK);
}

static void clear(struct site *p)
{
	run(p->db, "DELETE FROM electricity; DELETE FROM mbus; "
		   "DELETE FROM installation");
}

/* Format a number for SQL; valid until the ninth call after this. */
static const char *number(int64_t v)
{
	static char text[8][24];
	static int n;
	char *out = text[n++ % 8];

	snprintf(out, sizeof(text[0]), "%lld", (long long)v);
	return v == NO ? "NULL" : out;
}

static void touch(struct site *p, const struct said *s)
{
	const char *medium = s->meter == 6 ? "water" : "gas";

	runs_touch(&p->runs, s->channel == 0 ? "" : medium, 0, s->ts);
}

static struct run_row row_of(const struct said *s)
{
	const int64_t values[] = { s->total, s->t1, s->t2 };
	struct run_row row = { .meter = s->meter, .point.ts = s->ts };

	for (int i = 0; i < 3; i++)
		if (values[i] != NO) {
			row.point.have |= 1u << i;
			row.point.value[i] = values[i];
		}
	return row;
}

/* Rows that continue the newest run are not touched. */
static void put(struct site *p, const struct said *s)
{
	const struct run_row row = row_of(s);
	struct err e = { 0 };
	char sql[300];

	if (s->channel == 0)
		must(runs_know_newest(&p->runs, &e), e);
	if (s->channel == 0)
		snprintf(sql, sizeof(sql),
			 "REPLACE INTO electricity (ts, meter, time_source, "
			 "import_total_wh, import_t1_wh, import_t2_wh) "
			 "VALUES (%s, %d, 0, %s, %s, %s)",
			 number(s->ts), s->meter, number(s->total),
			 number(s->t1), number(s->t2));
	else
		snprintf(sql, sizeof(sql),
			 "REPLACE INTO mbus (ts, meter, channel, value) "
			 "VALUES (%s, %d, %d, %s)",
			 number(s->ts), s->meter, s->channel, number(s->total));
	run(p->db, sql);
	if (s->channel != 0 || !runs_continue(&p->runs, &row))
		touch(p, s);
}

static void take(struct site *p, const struct said *s)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		 "DELETE FROM %s WHERE ts = %s AND meter = %d",
		 s->channel == 0 ? "electricity" : "mbus", number(s->ts),
		 s->meter);
	run(p->db, sql);
	touch(p, s);
}

static int written(struct site *p)
{
	struct err e = { 0 };
	int rc = runs_write(&p->runs, &e);

	must(rc, e);
	runs_begin(&p->runs);
	return rc;
}

static int derived(struct site *p)
{
	struct err e = { 0 };
	int rc = runs_derive_all(&p->runs, &e);

	must(rc, e);
	return rc;
}

/*
 * Return the first column of the only row; valid until the call after the next.
 */
static const char *ask(sqlite3 *db, const char *sql)
{
	static char text[2][16384];
	static int n;
	char *out = text[n++ % 2];
	sqlite3_stmt *s = NULL;
	const char *v;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	v = (const char *)sqlite3_column_text(s, 0);
	snprintf(out, sizeof(text[0]), "%s", v ? v : "");
	sqlite3_finalize(s);
	return out;
}

static const char *table(struct site *p)
{
	return ask(p->db,
		   "SELECT group_concat(first_ts || ' ' || channel || '/' || "
		   "meter || ifnull(' (' || begins || ')', '') || ' ' || "
		   "iif(channel = 0, ifnull(import_wh_offset, '-') || ' ' || "
		   "ifnull(import_t1_wh_offset, '-') || ' ' || "
		   "ifnull(import_t2_wh_offset, '-'), value_offset), '; ') "
		   "FROM (SELECT * FROM installation WHERE (medium, channel) "
		   "= ('electricity', 0) OR (medium = (SELECT medium FROM "
		   "meter WHERE id = meter) AND import_wh_offset IS NULL) "
		   "ORDER BY first_ts, channel, meter)");
}

static void stories_come_in_any_order(void **state)
{
	struct site p;

	(void)state;
	site_new(&p);
	for (size_t k = 0; k < COUNT(stories); k++) {
		const struct story *story = &stories[k];
		int n = 0;

		while (n < MOST && story->said[n].meter != 0)
			n++;
		for (int i = 0; i < n; i++)
			put(&p, &story->said[i]);
		check_int(story->name, written(&p), 1);
		check_text(story->name, table(&p), story->runs);
		check_int(story->name, derived(&p), 0);
		for (int backwards = 0; backwards <= 1; backwards++) {
			clear(&p);
			for (int i = 0; i < n; i++) {
				put(&p,
				    &story->said[backwards ? n - 1 - i : i]);
				written(&p);
			}
			check_text(story->name, table(&p), story->runs);
		}
		for (int i = 0; i < n; i++) {
			take(&p, &story->said[i]);
			written(&p);
			check_int(story->name, derived(&p), 0);
		}
		check_text(story->name, table(&p), "");
	}
	site_gone(&p);
}

static int64_t below(uint64_t *seed, int64_t n)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (int64_t)(*seed >> 33) % n;
}

enum { INSTANTS = 40, STREAMS = 300 };

/*
 * The value of a meter at an instant: it rises, sometimes from another start.
 */
static int64_t random_value(uint64_t *seed, int64_t ts)
{
	int64_t kind = below(seed, 12);

	return kind == 0   ? 99999000 + below(seed, 1000)
	       : kind == 1 ? below(seed, 100)
			   : 1000 + ts * 50 + below(seed, 60);
}

static struct said random_row(uint64_t *seed)
{
	struct said s = { .ts = 1 + below(seed, INSTANTS), .t1 = NO, .t2 = NO };

	if (below(seed, 2)) {
		s.meter = 4 + (int)below(seed, 2);
		s.channel =
			below(seed, 6) ? s.meter - 3 : 1 + (int)below(seed, 2);
		s.total = random_value(seed, s.ts);
		return s;
	}
	s.meter = 1 + (below(seed, 5) == 0) + (s.ts > INSTANTS / 2);
	s.total = below(seed, 4) ? random_value(seed, s.ts) : NO;
	s.t1 = below(seed, 3) ? random_value(seed, s.ts) : NO;
	s.t2 = below(seed, 3) ? random_value(seed, s.ts) : NO;
	return s;
}

static sqlite3_stmt *query(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	return s;
}

static struct judge_point point_of(sqlite3_stmt *s, int column)
{
	struct judge_point p = { 0 };

	for (int i = 0; i < 3; i++) {
		p.value[i] = sqlite3_column_int64(s, column + i);
		if (sqlite3_column_type(s, column + i) != SQLITE_NULL)
			p.have |= 1u << i;
	}
	return p;
}

/* The rows, and whether a run starts at each. */
static const char electric_rows[] =
	"SELECT ts, meter, import_total_wh, import_t1_wh, import_t2_wh, "
	"(SELECT count(*) FROM installation WHERE channel = 0 AND "
	"first_ts = ts) FROM electricity ORDER BY ts";

/*
 * Check that each row is there, runs start where counter_offsets_add says, and none
 * falls.
 */
static void check_electricity(sqlite3 *db, const char *name)
{
	sqlite3_stmt *s = query(db, electric_rows);
	struct counter_offsets c = { 0 };
	struct interpolation interpolation;
	int64_t before[3] = { 0 };
	struct counter_point is;
	struct err e = { 0 };

	interpolation_open(&interpolation, db);
	while (sqlite3_step(s) == SQLITE_ROW) {
		struct judge_point p = point_of(s, 2);
		unsigned shows = c.shows;
		int64_t meter = c.meter;
		enum run_start start =
			counter_offsets_add(&c, sqlite3_column_int(s, 1), &p);
		bool starts = start != RUN_GOES_ON;

		if (start == RUN_FIRST) /* nothing was known */
			starts = meter != c.meter || shows != c.shows;
		check_int(name, sqlite3_column_int(s, 5), starts);
		check_int(name,
			  interpolation_at(&interpolation, MEDIUM_ELECTRICITY,
					   sqlite3_column_int64(s, 0), &is, &e),
			  1);
		for (int i = 0; i < 3; i++) {
			if (is.counter[i] < before[i])
				fail_msg("%s: %d falls", name, i);
			if (c.known >> i & 1)
				check_int(name, is.counter[i],
					  counter_offsets_counter(&c, i));
			before[i] = is.counter[i];
		}
	}
	interpolation_close(&interpolation);
	sqlite3_finalize(s);
}

/* Check that values add their rise, except after a meter was away. */
static void check_gas(sqlite3 *db, const char *name)
{
	sqlite3_stmt *s = query(
		db, "SELECT v.meter, v.ts, v.value, v.value + (SELECT "
		    "value_offset FROM installation AS i WHERE i.meter = "
		    "v.meter AND i.first_ts <= v.ts ORDER BY i.first_ts DESC "
		    "LIMIT 1), (SELECT count(*) "
		    "FROM mbus AS o WHERE o.meter <> v.meter AND o.channel = "
		    "v.channel AND o.ts < v.ts AND o.ts > (SELECT max(ts) FROM "
		    "mbus AS p WHERE p.meter = v.meter AND p.ts < v.ts)), "
		    "v.channel, (SELECT count(*) FROM installation AS i WHERE "
		    "i.meter = v.meter AND i.channel = v.channel AND "
		    "i.first_ts = v.ts), (SELECT count(*) FROM installation AS "
		    "i WHERE i.meter = v.meter AND i.first_ts = v.ts) "
		    "FROM mbus AS v ORDER BY v.meter, v.ts");
	int64_t meter = 0, last = 0, counter = 0, channel = 0;

	while (sqlite3_step(s) == SQLITE_ROW) {
		bool first = sqlite3_column_int64(s, 0) != meter;
		bool away = sqlite3_column_int64(s, 4) > 0;
		int64_t now = sqlite3_column_int64(s, 2);
		int64_t on = sqlite3_column_int64(s, 5);

		check_int(name, sqlite3_column_int64(s, 6),
			  first || away || now < last || on != channel);
		check_int(name, sqlite3_column_int64(s, 7),
			  sqlite3_column_int64(s, 6));
		if (first)
			counter = now;
		else if (!away && now >= last)
			counter += now - last;
		else if (!away && roll_over_between(last, now))
			counter += roll_over_end(last) + now - last;
		check_int(name, sqlite3_column_int64(s, 3), counter);
		meter = sqlite3_column_int64(s, 0);
		last = now;
		channel = on;
	}
	sqlite3_finalize(s);
}

static void pieces_say_what_the_whole_says(void **state)
{
	struct site p;

	(void)state;
	site_new(&p);
	for (uint64_t k = 1; k <= STREAMS; k++) {
		uint64_t seed = k;
		char name[32], pieces[16384];

		snprintf(name, sizeof(name), "stream %llu",
			 (unsigned long long)k);
		clear(&p);
		for (int64_t piece = 5 + below(&seed, 20); piece > 0; piece--) {
			for (int64_t i = below(&seed, 8); i >= 0; i--) {
				struct said s = random_row(&seed);

				(below(&seed, 4) ? put : take)(&p, &s);
			}
			written(&p);
			check_int(name, derived(&p), 0);
		}
		check_electricity(p.db, name);
		check_gas(p.db, name);
		snprintf(pieces, sizeof(pieces), "%s", table(&p));
		run(p.db, "DELETE FROM installation");
		check_int(name, derived(&p), 1);
		check_text(name, table(&p), pieces);
	}
	site_gone(&p);
}

/* Count the runs of a statement since the last call. */
static int times(const struct stmt *s)
{
	return sqlite3_stmt_status(s->prepared, SQLITE_STMTSTATUS_RUN, 1);
}

/* Put rows of each line at ts; `meter` is of electricity. */
static void put_each(struct site *p, int64_t ts, int meter)
{
	const struct said all[] = { TOTAL(ts, meter, 1000 + ts),
				    MBUS(ts, 4, 1, ts), MBUS(ts, 5, 2, ts),
				    MBUS(ts, 6, 3, ts) };

	for (size_t i = 0; i < COUNT(all); i++)
		put(p, &all[i]);
}

static void what_goes_on_writes_nothing(void **state)
{
	struct site p;

	(void)state;
	site_new(&p);
	put_each(&p, 10, 1);
	put_each(&p, 20, 2);
	assert_int_equal(written(&p), 1);
	for (int64_t ts = 30; ts < 100; ts += 20) {
		int changes;

		put_each(&p, ts, 2);
		put_each(&p, ts + 10, 2);
		changes = sqlite3_total_changes(p.db);
		assert_int_equal(written(&p), 0);
		assert_int_equal(sqlite3_total_changes(p.db), changes);
	}
	site_gone(&p);
}

static void only_what_was_touched_is_looked_at(void **state)
{
	const struct said gas = MBUS(90, 4, 1, 90);
	struct site p;

	(void)state;
	site_new(&p);
	put_each(&p, 10, 1);
	put_each(&p, 20, 2);
	written(&p);
	times(&p.runs.table.line[KIND_ELECTRICITY].rows);
	times(&p.runs.table.line[KIND_MBUS].rows);
	put_each(&p, 30, 2);
	written(&p);
	/* the newest row alone: the one put continues its run */
	assert_int_equal(times(&p.runs.table.line[KIND_ELECTRICITY].rows), 1);
	assert_int_equal(times(&p.runs.table.line[KIND_MBUS].rows), 3);
	put(&p, &gas);
	written(&p);
	assert_int_equal(times(&p.runs.table.line[KIND_ELECTRICITY].rows), 0);
	assert_int_equal(times(&p.runs.table.line[KIND_MBUS].rows),
			 2); /* the gas meters */
	put_each(&p, 40, 1);
	written(&p);
	assert_true(times(&p.runs.table.line[KIND_ELECTRICITY].rows) > 1);
	put_each(&p, 50, 1);
	times(&p.runs.table.line[KIND_ELECTRICITY].rows);
	times(&p.runs.table.line[KIND_MBUS].rows);
	runs_begin(&p.runs);
	assert_int_equal(written(&p), 0);
	assert_int_equal(times(&p.runs.table.line[KIND_ELECTRICITY].rows), 0);
	assert_int_equal(times(&p.runs.table.line[KIND_MBUS].rows), 0);
	site_gone(&p);
}

static void only_what_differs_is_written(void **state)
{
	const struct said swapped = TOTAL(60, 3, 7);
	struct site p;
	int changes;

	(void)state;
	site_new(&p);
	put_each(&p, 10, 1);
	put_each(&p, 50, 2);
	assert_int_equal(written(&p), 1);
	put(&p, &swapped);
	changes = sqlite3_total_changes(p.db);
	assert_int_equal(written(&p), 1);
	assert_int_equal(sqlite3_total_changes(p.db), changes + 1);
	site_gone(&p);
}

static void more_media_than_are_told_apart(void **state)
{
	const struct said last = MBUS(20, 5, 1, 7);
	struct site p;
	char medium[MEDIUM_TEXT];

	(void)state;
	site_new(&p);
	for (int i = 0; i < RUNS_CHANGES; i++) {
		snprintf(medium, sizeof(medium), "type-%03d", i);
		runs_touch(&p.runs, medium, 0, 10);
	}
	put(&p, &last);
	assert_int_equal(written(&p), 1);
	check_text("17 media", table(&p), "20 1/5 0");
	times(&p.runs.table.line[KIND_MBUS].rows);
	assert_int_equal(written(&p), 0);
	assert_int_equal(times(&p.runs.table.line[KIND_MBUS].rows), 0);
	site_gone(&p);
}

static void a_wrong_table_is_put_right(void **state)
{
	const struct said rows[] = { TOTAL(10, 1, 5), TOTAL(20, 2, 6),
				     MBUS(10, 4, 1, 7), TOTAL(30, 1, 8) };
	const char *const right =
		"10 0/1 0 - -; 10 1/4 0; 20 0/2 -1 - -; 30 0/1 -3 - -";
	struct site p;

	(void)state;
	site_new(&p);
	for (size_t i = 0; i < COUNT(rows) - 1; i++)
		put(&p, &rows[i]);
	written(&p);
	run(p.db, "INSERT INTO installation (channel, medium, first_ts, meter) "
		  "VALUES (0, 'electricity', 9, 3), (2, 'gas', 9, 5), "
		  "(2, 'gas', 10, 4)");
	put(&p, &rows[COUNT(rows) - 1]);
	assert_int_equal(written(&p), 1);
	check_int("left",
		  atoi(ask(p.db, "SELECT count(*) FROM installation "
				 "WHERE first_ts = 9")),
		  2); /* gas has not changed, nor anything earlier */
	assert_int_equal(derived(&p), 1);
	check_text("derived", table(&p), right);
	run(p.db, "UPDATE installation SET import_wh_offset = 3, "
		  "begins = 'reset', value_offset = 3");
	assert_int_equal(derived(&p), 1);
	check_text("again", table(&p), right);
	run(p.db, "UPDATE installation SET import_wh_offset = NULL "
		  "WHERE import_wh_offset = 0");
	assert_int_equal(derived(&p), 1);
	check_text("NULL", table(&p), right);
	assert_int_equal(derived(&p), 0);
	site_gone(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stories_come_in_any_order),
		cmocka_unit_test(pieces_say_what_the_whole_says),
		cmocka_unit_test(what_goes_on_writes_nothing),
		cmocka_unit_test(only_what_was_touched_is_looked_at),
		cmocka_unit_test(only_what_differs_is_written),
		cmocka_unit_test(more_media_than_are_told_apart),
		cmocka_unit_test(a_wrong_table_is_put_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
