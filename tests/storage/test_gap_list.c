/* Periods without readings. */
#include "storage/history/gap_list.h"
#include "tests/storage/clocked_fixture.h"

struct list {
	char text[4096];
	size_t n;
};

/* "electricity 10:00:00 +2400 s 168 Wh" */
static void note(void *ctx, const struct gap *g)
{
	struct list *l = ctx;
	char start[UTC_TEXT];
	enum series s = g->medium == MEDIUM_GAS ? SERIES_GAS : SERIES_IMPORT;

	utc_format(start, g->start);
	l->n += (size_t)snprintf(l->text + l->n, sizeof(l->text) - l->n,
				 "%s %.11s +%lld", medium_name(g->medium),
				 start + 5, (long long)(g->end - g->start));
	l->n += g->have >> s & 1
			? (size_t)snprintf(l->text + l->n,
					   sizeof(l->text) - l->n, " %lld\n",
					   (long long)g->amount[s])
			: (size_t)snprintf(l->text + l->n,
					   sizeof(l->text) - l->n, "%s\n",
					   g->open ? " open" : "");
}

static void check(const struct db_fixture *h, enum medium m, const char *from,
		  const char *to, int64_t shortest, const char *want)
{
	struct interpolation counters;
	struct list l = { .n = 0 };
	struct err e = { 0 };
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(h->path, &db), SQLITE_OK);
	interpolation_open(&counters, db);
	must(gap_list(db, &counters, m, at(from), at(to), shortest, note, &l,
		      &e),
	     &e);
	interpolation_close(&counters);
	sqlite3_close(db);
	check_text(from, l.text, want);
}

/* Readings every 10 s but between `gap` and `gap_end`, of 1 Wh each. */
static void every_ten_seconds(struct db_fixture *h, const char *from,
			      const char *to, const char *gap,
			      const char *gap_end)
{
	int64_t begin = at("2026-06-01T00:00:00Z");

	for (int64_t t = at(from); t <= at(to); t += 10) {
		struct reading r = reading_of("M1", t, (t - begin) / 10, 0);

		if (t <= at(gap) || t >= at(gap_end))
			take(h, &r);
	}
	commit(h);
}

static void gaps_have_a_length(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	/* 15 minutes; 15:10 over a boundary and 16:40 in an hour; 59:50 */
	every_ten_seconds(&h, "2026-06-01T09:30:00Z", "2026-06-01T10:30:00Z",
			  "2026-06-01T10:10:00Z", "2026-06-01T10:25:00Z");
	every_ten_seconds(&h, "2026-06-01T10:30:10Z", "2026-06-01T11:30:00Z",
			  "2026-06-01T10:50:00Z", "2026-06-01T11:05:10Z");
	every_ten_seconds(&h, "2026-06-01T11:30:10Z", "2026-06-01T12:30:00Z",
			  "2026-06-01T12:10:00Z", "2026-06-01T12:26:40Z");
	every_ten_seconds(&h, "2026-06-01T12:30:10Z", "2026-06-01T14:30:00Z",
			  "2026-06-01T12:40:00Z", "2026-06-01T13:39:50Z");
	every_ten_seconds(&h, "2026-06-01T14:30:10Z", "2026-06-01T23:30:00Z",
			  "2026-06-01T15:00:00Z", "2026-06-01T22:00:00Z");
	check(&h, MEDIUM_ELECTRICITY, "2026-05-01T00:00:00Z",
	      "2026-07-01T00:00:00Z", GAP_LIST_SHORT_S,
	      "electricity 06-01T10:50 +910 91\n"
	      "electricity 06-01T12:10 +1000 100\n"
	      "electricity 06-01T12:40 +3590 359\n"
	      "electricity 06-01T15:00 +25200 2520\n");
	check(&h, MEDIUM_ELECTRICITY, "2026-05-01T00:00:00Z",
	      "2026-07-01T00:00:00Z", GAP_LIST_LONG_S,
	      "electricity 06-01T15:00 +25200 2520\n");
	/* What overlaps the period. */
	check(&h, MEDIUM_ELECTRICITY, "2026-06-01T11:05:09Z",
	      "2026-06-01T12:10:01Z", GAP_LIST_SHORT_S,
	      "electricity 06-01T10:50 +910 91\n"
	      "electricity 06-01T12:10 +1000 100\n");
	check(&h, MEDIUM_ELECTRICITY, "2026-06-01T11:05:10Z",
	      "2026-06-01T12:10:00Z", GAP_LIST_SHORT_S, "");
	check(&h, MEDIUM_ELECTRICITY, "2026-06-01T18:00:00Z",
	      "2026-06-01T19:00:00Z", GAP_LIST_SHORT_S,
	      "electricity 06-01T15:00 +25200 2520\n");
	check(&h, MEDIUM_ELECTRICITY, "2025-06-01T18:00:00Z",
	      "2025-06-01T19:00:00Z", GAP_LIST_SHORT_S, "");
	check(&h, MEDIUM_ELECTRICITY, "2027-06-01T18:00:00Z",
	      "2027-06-01T19:00:00Z", GAP_LIST_SHORT_S, "");
	db_fixture_gone(&h);
}

/* Read by cron every half hour, and twice when it starts: no gaps. */
static void slow_readings_are_usual(void **state)
{
	struct db_fixture h;
	struct reading r;

	(void)state;
	db_fixture_new(&h);
	for (int64_t t = at("2026-06-01T06:00:00Z");
	     t <= at("2026-06-01T18:00:00Z"); t += 1800) {
		if (t == at("2026-06-01T12:00:00Z")) {
			r = reading_of("M1", t - 10, t / 1800, 0);
			take(&h, &r);
		}
		r = reading_of("M1", t, t / 1800, 0);
		if (t != at("2026-06-01T16:00:00Z"))
			take(&h, &r);
	}
	commit(&h);
	check(&h, MEDIUM_ELECTRICITY, "2026-06-01T00:00:00Z",
	      "2026-06-02T00:00:00Z", GAP_LIST_SHORT_S, "");
	db_fixture_gone(&h);
}

static void clocks_and_meters_make_no_gaps(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .gas = true };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", NULL,
		    NULL);
	c.meter = "M2";
	c.import_wh = 5;
	/* 20 minutes without a meter, and 2:30 without gas. */
	clocked_run(&c, "2026-03-29T12:20:00Z", "2026-03-29T20:00:00Z", NULL,
		    NULL);
	check(&h, MEDIUM_ELECTRICITY, "2026-03-01T00:00:00Z",
	      "2026-04-01T00:00:00Z", GAP_LIST_SHORT_S,
	      "electricity 03-29T12:00 +1200 0\n");
	check(&h, MEDIUM_GAS, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z",
	      GAP_LIST_SHORT_S, "");
	clocked_run(&c, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z",
		    "2026-10-24T14:30:00Z", "2026-10-24T20:30:00Z");
	check(&h, MEDIUM_ELECTRICITY, "2026-10-24T12:00:00Z",
	      "2026-11-01T00:00:00Z", GAP_LIST_SHORT_S,
	      "electricity 10-24T14:30 +21600 2088\n");
	check(&h, MEDIUM_GAS, "2026-10-24T12:00:00Z", "2026-11-01T00:00:00Z",
	      GAP_LIST_SHORT_S, "gas 10-24T14:00 +25200 700\n");
	db_fixture_gone(&h);
}

static void check_open(const struct db_fixture *h, enum medium m,
		       const char *now, const char *heard, const char *want)
{
	struct list l = { .n = 0 };
	struct err e = { 0 };
	sqlite3 *db = NULL;
	struct gap g;
	int rc;

	assert_int_equal(sqlite3_open(h->path, &db), SQLITE_OK);
	rc = gap_list_open(db, m, at(now), heard ? at(heard) : 0, &g, &e);
	must(rc, &e);
	if (rc > 0)
		note(&l, &g);
	sqlite3_close(db);
	check_text(now, l.text, want);
}

static void a_gap_goes_on(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .gas = true };

	(void)state;
	db_fixture_new(&h);
	check_open(&h, MEDIUM_ELECTRICITY, "2026-06-01T12:00:00Z", NULL, "");
	clocked_run(&c, "2026-06-01T06:00:00Z", "2026-06-01T12:00:00Z", NULL,
		    NULL);
	check_open(&h, MEDIUM_ELECTRICITY, "2026-06-01T12:15:00Z", NULL, "");
	check_open(&h, MEDIUM_ELECTRICITY, "2026-06-01T12:15:01Z", NULL,
		   "electricity 06-01T12:00 +901 open\n");
	/* Not stored yet, or not since then. */
	check_open(&h, MEDIUM_ELECTRICITY, "2026-06-01T12:30:01Z",
		   "2026-06-01T12:30:00Z", "");
	check_open(&h, MEDIUM_ELECTRICITY, "2026-06-01T12:30:01Z",
		   "2026-06-01T12:10:00Z",
		   "electricity 06-01T12:10 +1201 open\n");
	/* Gas comes every hour. */
	check_open(&h, MEDIUM_GAS, "2026-06-01T15:00:00Z", NULL, "");
	check_open(&h, MEDIUM_GAS, "2026-06-01T15:00:01Z", NULL,
		   "gas 06-01T12:00 +10801 open\n");
	check_open(&h, MEDIUM_HEAT, "2026-06-01T15:00:01Z", NULL, "");
	/* Before the history. */
	check_open(&h, MEDIUM_ELECTRICITY, "2026-05-01T15:00:01Z", NULL, "");
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gaps_have_a_length),
		cmocka_unit_test(slow_readings_are_usual),
		cmocka_unit_test(clocks_and_meters_make_no_gaps),
		cmocka_unit_test(a_gap_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
