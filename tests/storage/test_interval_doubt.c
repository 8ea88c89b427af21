/*
 * Readings that contradict each other within an interval, which usually has one
 * row: each counts for the set it belongs to, and no other.
 */
#include "tests/storage/db_fixture.h"

#define BEGIN "2026-05-01T00:00:00Z"

enum { MOST = 24 };

/* Readings of one counter, in Wh above 1,000,000, each a step apart. */
struct stream {
	const char *name;
	long interval;
	int64_t step;
	int64_t wh[MOST];	/* the list ends with -1; 0 is a pause */
	unsigned commit;	/* commit after as many; 0: at the end */
	const char *false_ones; /* those that must be held, as "seconds,..." */
};

static const struct stream streams[] = {
	{ "a counter that stands still at what it showed before",
	  60,
	  10,
	  { 100, 200, 210, 220, 230, 240, 250, 260, 100, 100, 100, 100, 100,
	    100, -1 },
	  0,
	  "80,90,100,110,120,130" },
	{ "higher than the connection allows, but for the first",
	  300,
	  60,
	  { 100, 250, 0, 0, 700, 840, 0,    0,	  0,	 0,	0,     0,
	    0,	 0,   0, 0, 0,	 0,   3300, 3400, 20900, 21050, 21200, -1 },
	  0,
	  "1200,1260,1320" },
	{ "a step that begins within an interval",
	  60,
	  10,
	  { 100, 125, 305, 327, 0, 0, 237, 260, 280, -1 },
	  0,
	  "20,30" },
	{ "a true counter that passes the false one",
	  300,
	  60,
	  { 100, 213, 330, 424, 512, 120, 212, 314, 399, 469, -1 },
	  0,
	  "60,120,180,240" },
	{ "the same, judged before it does",
	  300,
	  60,
	  { 100, 213, 330, 424, 512, 120, 212, 314, 399, 469, -1 },
	  8,
	  "60,120,180,240" },
	{ "false ones before and among those in doubt",
	  60,
	  10,
	  { 3000, 0, 0, 0, 0, 0, 2000, 2004, 1995, 2011, 2015, -1 },
	  0,
	  "0,80" },
	{ "nothing false",
	  60,
	  10,
	  { 100, 110, 120, 130, 140, 150, 160, 170, -1 },
	  0,
	  "" },
};

static void new_house(struct db_fixture *h, long interval)
{
	db_fixture_new(h);
	db_fixture_close(h);
	h->options.interval = interval;
	h->options.limits = (struct judge_limits){ 55200, 55200, 10, 10, 200 };
	db_fixture_open(h);
}

static void put_stream(struct db_fixture *h, const struct stream *s)
{
	int64_t ts = at(BEGIN);

	for (unsigned i = 0; s->wh[i] >= 0; i++, ts += s->step) {
		struct reading r =
			reading_of("4B31", ts, 1000000 + s->wh[i], 777);

		if (s->wh[i] > 0)
			take(h, &r);
		if (i + 1 == s->commit)
			commit(h);
	}
	commit(h);
}

/* No false reading is accepted, and no true one is held. */
static void each_reading_counts_for_its_own_set(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(streams); i++) {
		const struct stream *s = &streams[i];
		struct db_fixture h;
		char sql[256];

		new_house(&h, s->interval);
		put_stream(&h, s);
		snprintf(sql, sizeof(sql),
			 "SELECT count(*) FROM electricity WHERE ts - "
			 "unixepoch('" BEGIN "') IN (%s)",
			 s->false_ones);
		check_sql(&h, sql, "0");
		snprintf(sql, sizeof(sql),
			 "SELECT count(*) FROM held WHERE ts - "
			 "unixepoch('" BEGIN "') NOT IN (%s)",
			 s->false_ones);
		check_sql(&h, sql, "0");
		db_fixture_gone(&h);
	}
}

/* A false reading that nothing supports costs no row but its own. */
static void a_lone_false_reading_costs_one_row(void **state)
{
	struct db_fixture h;

	(void)state;
	new_house(&h, 60);
	for (int i = 0; i < 600; i++) {
		struct reading r =
			reading_of("4B31", at(BEGIN) + i,
				   1000000 + (i == 300 ? -100000 : i), 777);

		take(&h, &r);
		if (i % 100 == 99)
			commit(&h);
	}
	check_sql(&h, "SELECT sum(weight) FROM electricity", "599");
	check_sql(&h, "SELECT count(*) FROM held", "1");
	check_sql(&h,
		  "SELECT max(n) FROM (SELECT count(*) AS n FROM electricity "
		  "GROUP BY ts / 60)",
		  "1");
	db_fixture_gone(&h);
}

/* What a meter counted up to its last reading before another one's stays. */
static void the_last_reading_before_another_meter_is_a_row(void **state)
{
	static const struct {
		const char *meter;
		int64_t s, wh;
	} readings[] = {
		{ "4B31", 0, 2000000 }, /* false, but known only later */
		{ "4B31", 300, 1000000 },  { "4B31", 600, 1000010 },
		{ "4B31", 900, 1000020 },  { "4B31", 1200, 1000030 },
		{ "4B31", 1500, 1000040 }, { "4B31", 1560, 1000050 },
		{ "4B32", 1620, 46 },	   { "4B31", 2100, 1000300 },
	};
	struct db_fixture h;

	(void)state;
	new_house(&h, 300);
	for (size_t i = 0; i < COUNT(readings); i++) {
		struct reading r =
			reading_of(readings[i].meter, at(BEGIN) + readings[i].s,
				   readings[i].wh, 777);

		take(&h, &r);
	}
	commit(&h);
	check_sql(&h,
		  "SELECT group_concat(ts - unixepoch('" BEGIN "')) "
		  "FROM electricity",
		  "300,600,900,1200,1500,1560,1620,2100");
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_reading_counts_for_its_own_set),
		cmocka_unit_test(a_lone_false_reading_costs_one_row),
		cmocka_unit_test(
			the_last_reading_before_another_meter_is_a_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
