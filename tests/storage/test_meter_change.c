/* From one meter to the next: readings by eye make the change exact. */
#include "storage/journal/manual_reading.h"
#include "storage/maintenance/verify.h"
#include "tests/storage/db_fixture.h"

#define BEGIN "2026-05-01T00:00:00Z"

/* Put two hours of old meters, an hour of nothing, two hours of new ones. */
static void moved_house(struct db_fixture *h)
{
	db_fixture_new(h);
	for (int i = 0; i < 60; i++) {
		bool new = i >= 24;
		int64_t ts = at(BEGIN) + i * 300 + (new ? 3600 : 0);
		struct reading r =
			reading_of(new ? "4B32" : "4B31", ts,
				   (new ? 5000 : 1000000) + i * 100, 777);

		with_gas(&r, 1, new ? "G2" : "G1", ts - 60,
			 (new ? 200 : 70000) + i * 40);
		take(h, &r);
	}
	commit(h);
}

static int say(struct db_fixture *h, bool opening, const char *meter,
	       const char *time, const char *counter, struct err *e)
{
	struct manual_reading n = { .opening = opening,
				    .meter = meter,
				    .at = time ? at(time) : INT64_MIN };
	int rc = manual_reading_set(&n, counter, e);

	return rc < 0 ? rc : journal_enter(h->journal, &n, at(TAKEN_AT), e);
}

#define HELD "SELECT reason, sum(count) FROM quarantine GROUP BY 1"
#define TOTALS "SELECT sum(import_wh), sum(gas_dm3) FROM hourly_wh"

static void the_step_between_meters_becomes_exact(void **state)
{
	struct db_fixture h;
	struct err e = { 0 };

	(void)state;
	moved_house(&h);
	check_sql(&h, TOTALS, "5800|2320");
	must(say(&h, false, "4B31", NULL, "import_t1=1002.350", &e), &e);
	check_sql(&h, TOTALS, "5850|2320");
	must(say(&h, true, "4B32", NULL, "import_t1=0.000", &e), &e);
	check_sql(&h, TOTALS, "13250|2320");
	must(say(&h, false, "G1", "2026-05-01T02:20:00Z", "gas=71", &e), &e);
	must(say(&h, true, "G2", "2026-05-01T02:30:00Z", "gas=1.100", &e), &e);
	check_sql(&h, TOTALS, "13250|2460");
	check_sql(&h,
		  "SELECT count(*), min(import_t2_wh), max(import_t2_wh) "
		  "FROM electricity WHERE time_source = 3",
		  "2|777|777");
	check_sql(&h,
		  "SELECT count(*) FROM hourly_wh WHERE import_wh < 0 "
		  "OR gas_dm3 < 0",
		  "0");
	check_sql(&h,
		  "SELECT identifier, first, last FROM meters "
		  "WHERE medium = 'electricity'",
		  "4B31|2026-05-01T00:00:00Z|2026-05-01T02:59:58Z\n"
		  "4B32|2026-05-01T02:59:59Z|2026-05-01T05:55:00Z");
	db_fixture_gone(&h);
}

/* The order of entering does not matter; nor does the printed form. */
static void in_whatever_order(void **state)
{
	struct db_fixture h;
	struct err e = { 0 };

	(void)state;
	moved_house(&h);
	must(say(&h, true, "K2", NULL, "import_t1=0.000", &e), &e);
	must(say(&h, false, "K1", NULL, "import_t1=1002.350", &e), &e);
	check_sql(&h, TOTALS, "13250|2320");
	db_fixture_close(&h);
	db_fixture_open(&h);
	check_sql(&h, TOTALS, "13250|2320");
	db_fixture_gone(&h);
}

static void what_readings_contradict_is_refused(void **state)
{
	static const struct {
		const char *name;
		bool opening;
		const char *meter, *time, *counter;
		int want;
	} rows[] = {
		{ "unknown", false, "X", NULL, "import_t1=1", ERR_USAGE },
		{ "no such register", false, "4B31", NULL, "import_t4=1",
		  ERR_USAGE },
		{ "gas of electricity", false, "4B31", NULL, "gas=1",
		  ERR_USAGE },
		{ "no counter", false, "4B31", NULL, "import_t1", ERR_USAGE },
		{ "no number", false, "4B31", NULL, "import_t1=x", ERR_USAGE },
		{ "less than it showed", false, "4B31", NULL,
		  "import_t1=1002.2", ERR_FORMAT },
		{ "more than it began with", true, "4B32", NULL,
		  "import_t1=7.401", ERR_FORMAT },
		{ "too early", false, "4B31", "2026-05-01T01:00:00Z",
		  "import_t1=1002.350", ERR_FORMAT },
		{ "too late", false, "4B31", "2026-05-01T03:00:00Z",
		  "import_t1=1002.350", ERR_FORMAT },
		{ "before the old one ended", true, "4B32",
		  "2026-05-01T01:55:00Z", "import_t1=0", ERR_FORMAT },
	};
	struct db_fixture h;

	(void)state;
	moved_house(&h);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err e = { 0 };

		check_int(rows[i].name,
			  say(&h, rows[i].opening, rows[i].meter, rows[i].time,
			      rows[i].counter, &e),
			  rows[i].want);
		check_int(rows[i].name, e.text[0] != '\0', 1);
	}
	check_sql(&h, TOTALS, "5800|2320");
	db_fixture_gone(&h);
}

/* Nobody may guess when a meter that was read days ago showed its last value. */
static void a_day_of_nothing_needs_a_time(void **state)
{
	struct db_fixture h;
	struct err e = { 0 };
	struct reading r = reading_of("4B31", at(BEGIN), 1000000, 777);

	(void)state;
	db_fixture_new(&h);
	take(&h, &r);
	r = reading_of("4B32", at(BEGIN) + 3 * DAY_S, 5000, 777);
	take(&h, &r);
	commit(&h);
	check_int("no time",
		  say(&h, false, "4B31", NULL, "import_t1=1002.350", &e),
		  ERR_USAGE);
	assert_non_null(strstr(e.text, "--at"));
	assert_non_null(strstr(e.text, "2026-05-01T00:00:00Z"));
	check_sql(&h, TOTALS, "0|");
	must(say(&h, false, "4B31", "2026-05-01T06:00:00Z",
		 "import_t1=1002.350", &e),
	     &e);
	check_sql(&h, TOTALS, "2350|");
	must(say(&h, false, "4B31", NULL, "import_t1=1002.450", &e), &e);
	check_sql(&h, "SELECT day, import_wh FROM daily_wh WHERE import_wh > 0",
		  "2026-05-01|2450");
	must(say(&h, true, "4B32", NULL, "import_t1=4", &e), &e);
	check_sql(&h, TOTALS, "3450|");
	db_fixture_gone(&h);
}

static void complain(void *ctx, const char *sentence)
{
	fail_msg("%s: %s", (const char *)ctx, sentence);
}

/* Return rows, runs and offsets as text, to be freed. */
static char *all_of(const struct db_fixture *h)
{
	char *rows = strdup(ask(h, "SELECT * FROM electricity ORDER BY ts"));
	char *values = strdup(ask(h, "SELECT * FROM mbus ORDER BY meter, ts"));
	const char *runs = ask(h, "SELECT * FROM installation");
	size_t size = strlen(rows) + strlen(values) + strlen(runs) + 3;
	char *all = malloc(size);

	snprintf(all, size, "%s\n%s\n%s", rows, values, runs);
	free(rows);
	free(values);
	return all;
}

/*
 * The old meter's t1 ends with 1002.300, t2 with 0.777 and its gas with 70.920;
 * the new ones start with 7.400, 0.777 and 1.160.
 */
static void what_was_entered_is_replaced_by_what_is_entered_again(void **state)
{
	static const struct {
		bool opening;
		const char *meter, *counter;
		int rows; /* added or removed; or the error */
		const char *totals;
	} rows[] = {
		{ false, "4B31", "import_t1=1020.350", 1, "23850|2320" },
		{ false, "4B31", "import_t1=1002.350", 2, "5850|2320" },
		{ false, "K1", "import_t1=1002.350", 0, "5850|2320" },
		{ true, "4B32", "import_t1=0", 1, "13250|2320" },
		{ true, "4B32", "import_t1=7", 2, "6250|2320" },
		{ true, "4B32", "import_t1=7.000", 0, "6250|2320" },
		{ true, "4B32", "import_t1=7.401", ERR_FORMAT, "6250|2320" },
		{ false, "4B31", "import_t2=0.800", 2, "6273|2320" },
		{ false, "4B31", "import_t1=1002.299", ERR_FORMAT,
		  "6273|2320" },
		{ false, "4B31", "import_t1=1002.400", 2, "6323|2320" },
		{ false, "4B31", "import_t1=", 2, "6223|2320" },
		{ false, "4B31", "import_t1=", 0, "6223|2320" },
		{ false, "4B31", "import_t2=", 1, "6200|2320" },
		{ false, "4B31", "import_t2=", ERR_USAGE, "6200|2320" },
		{ false, "G1", "gas=", ERR_USAGE, "6200|2320" },
		{ false, "G1", "gas=170", 1, "6200|101400" },
		{ false, "G1", "gas=71", 2, "6200|2400" },
		{ true, "G2", "gas=0.001", 1, "6200|3559" },
		{ true, "G2", "gas=1.100", 2, "6200|2460" },
		{ true, "G2", "gas=1.1", 0, "6200|2460" },
		{ true, "G2", "gas=1.161", ERR_FORMAT, "6200|2460" },
		{ true, "G2", "gas=", 1, "6200|2400" },
		{ false, "G1", "gas=70.919", ERR_FORMAT, "6200|2400" },
		{ false, "G1", "gas=70.920", 2, "6200|2320" },
		{ false, "G1", "gas=", 1, "6200|2320" },
		{ true, "4B32", "import_t4=", ERR_USAGE, "6200|2320" },
		{ true, "4B32", "import_t1=", 1, "5800|2320" },
	};
	struct db_fixture h;
	char *untouched, *at_the_end;

	(void)state;
	moved_house(&h);
	untouched = all_of(&h);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct verify v = { .say = complain,
				    .ctx = (void *)rows[i].counter };
		struct err e = { 0 };
		char *written = strdup(ask(&h, "SELECT max(id) "
					       "FROM change_list"));
		int rc = say(&h, rows[i].opening, rows[i].meter, NULL,
			     rows[i].counter, &e);

		check_int(rows[i].counter, rc, rows[i].rows);
		check_sql(&h, TOTALS, rows[i].totals);
		if (rc <= 0)
			check_sql(&h, "SELECT max(id) FROM change_list",
				  written);
		must(verify_database(h.path, &v, &e), &e);
		free(written);
	}
	at_the_end = all_of(&h);
	check_text("at the end", at_the_end, untouched);
	free(at_the_end);
	free(untouched);
	db_fixture_gone(&h);
}

/* Corrected or right from the start: the tables are the same. */
static void a_correction_leaves_no_trace(void **state)
{
	static const char *const said[][2][2] = {
		/* meter and counter, of the old and of the new one */
		{ { "4B31", "import_t1=1003" }, { "4B32", "import_t1=6" } },
		{ { "G1", "gas=80" }, { "G2", "gas=0.5" } },
		{ { "4B31", "import_t1=1002.5" }, { "4B32", "import_t1=7" } },
		{ { "G1", "gas=70.930" }, { "G2", "gas=1.000" } },
	};
	struct db_fixture corrected, right;
	char *is, *want;
	struct err e = { 0 };

	(void)state;
	moved_house(&corrected);
	moved_house(&right);
	for (size_t i = 0; i < COUNT(said); i++)
		for (int new = 0; new < 2; new ++) {
			const char *const *s = said[i][new];

			must(say(&corrected, new, s[0], NULL, s[1], &e), &e);
			if (i >= 2)
				must(say(&right, new, s[0], NULL, s[1], &e),
				     &e);
			db_fixture_close(&corrected);
			db_fixture_open(&corrected);
		}
	check_sql(&corrected, TOTALS, "6400|2490");
	is = all_of(&corrected);
	want = all_of(&right);
	check_text("corrected", is, want);
	free(is);
	free(want);
	db_fixture_gone(&corrected);
	db_fixture_gone(&right);
}

#define ENTERED_AT                                                             \
	"SELECT datetime(ts, 'unixepoch') FROM mbus WHERE time_source = 3"
#define LAST_CHANGE                                                            \
	"SELECT datetime(min_ts, 'unixepoch'), "                               \
	"datetime(max_ts, 'unixepoch') FROM change_list "                      \
	"ORDER BY id DESC LIMIT 1"

static void its_time_stays_unless_another_is_said(void **state)
{
	struct db_fixture h;
	struct err e = { 0 };

	(void)state;
	moved_house(&h);
	must(say(&h, false, "G1", "2026-05-01T02:20:00Z", "gas=71", &e), &e);
	must(say(&h, false, "G1", NULL, "gas=72", &e), &e);
	check_sql(&h, ENTERED_AT, "2026-05-01 02:20:00");
	must(say(&h, false, "G1", "2026-05-01T02:10:00Z", "gas=72", &e), &e);
	check_sql(&h, ENTERED_AT, "2026-05-01 02:10:00");
	check_sql(&h, LAST_CHANGE, "2026-05-01 02:10:00|2026-05-01 02:20:00");
	check_int("too early",
		  say(&h, false, "G1", "2026-05-01T01:54:00Z", "gas=73", &e),
		  ERR_FORMAT);
	check_sql(&h, ENTERED_AT, "2026-05-01 02:10:00");
	must(say(&h, false, "G1", NULL, "gas=", &e), &e);
	check_sql(&h, LAST_CHANGE, "2026-05-01 02:10:00|2026-05-01 02:10:00");
	check_sql(&h, TOTALS, "5800|2320");
	db_fixture_gone(&h);
}

/*
 * An entry that is too high for a meter that continues: its readings are held
 * until the entry is corrected or withdrawn. 36 readings of 100 Wh; the meter
 * ended 50 Wh later.
 */
static void a_meter_that_goes_on_contradicts_what_was_entered(void **state)
{
	struct db_fixture h;
	struct err e = { 0 };

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 37; i++) {
		struct reading r = reading_of("4B31", at(BEGIN) + i * 300,
					      1000000 + i * 100, 777);

		if (i == 20)
			must(say(&h, false, "4B31", "2026-05-01T01:36:00Z",
				 "import_t1=1020", &e),
			     &e);
		take(&h, &r);
		commit(&h);
	}
	check_sql(&h, HELD, "back|17");
	check_sql(&h, TOTALS, "20000|");
	must(say(&h, false, "4B31", NULL, "import_t1=", &e), &e);
	check_sql(&h, HELD, "");
	check_sql(&h, TOTALS, "3600|");
	must(say(&h, false, "4B31", "2026-05-01T03:02:00Z", "import_t1=1020",
		 &e),
	     &e);
	must(say(&h, false, "4B31", "2026-05-01T03:01:00Z", "import_t1=1003.7",
		 &e),
	     &e);
	must(say(&h, false, "4B31", NULL, "import_t1=1003.65", &e), &e);
	check_sql(&h, TOTALS, "3650|");
	check_sql(&h, "SELECT count(*) FROM electricity", "38");
	db_fixture_gone(&h);
}

/*
 * Both meters may have the same hourly gas time: there is no time between them.
 */
static void two_gas_meters_of_one_stamp_leave_no_time_between(void **state)
{
	struct db_fixture h;
	struct err e = { 0 };
	char *before, *after;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 6; i++) {
		int64_t ts = at(BEGIN) + i * 3600;
		struct reading r = reading_of("E", ts, i * 100, 0);

		with_gas(&r, 1, i < 3 ? "G1" : "G2", ts,
			 (i < 3 ? 70000 : 1000) + i * 40);
		take(&h, &r);
		if (i == 2) {
			r.time.utc += 60;
			with_gas(&r, 1, "G2", ts, 1080);
			take(&h, &r);
		}
	}
	commit(&h);
	check_sql(&h, TOTALS, "500|200"); /* G1 2 x 40, G2 3 x 40 */
	before = all_of(&h);
	check_int("closing", say(&h, false, "G1", NULL, "gas=70.090", &e),
		  ERR_FORMAT);
	must(say(&h, true, "G2", NULL, "gas=1", &e), &e);
	check_sql(&h, TOTALS, "500|280");
	must(say(&h, true, "G2", NULL, "gas=", &e), &e);
	after = all_of(&h);
	check_text("taken back", after, before);
	free(before);
	free(after);
	db_fixture_gone(&h);
}

/* Of two runs that start at the same time one is placed a second earlier. */
static void two_gas_meters_that_begin_at_once_stay_two(void **state)
{
	struct db_fixture h;
	struct err e = { 0 };
	char *before, *after;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 6; i++) {
		int64_t ts = at(BEGIN) + i / 2 * 3600;
		struct reading r = reading_of("E", ts + i % 2 * 60, i, 0);

		with_gas(&r, 1, i == 0 ? "G1" : "G2", ts, 1000 + i * 10);
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h, TOTALS, "5|30"); /* 1010 at 0:00, 1040 at 2:00 */
	before = all_of(&h);
	must(say(&h, true, "G2", NULL, "gas=1.005", &e), &e);
	check_sql(&h, TOTALS, "5|35");
	must(say(&h, true, "G2", NULL, "gas=", &e), &e);
	after = all_of(&h);
	check_text("taken back", after, before);
	free(before);
	free(after);
	db_fixture_gone(&h);
}

/* The same meter on another channel is the same series. */
static void a_meter_that_moves_goes_on(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 40; i++) {
		int64_t ts = at(BEGIN) + i * 300;
		struct reading r = reading_of("E", ts, i * 100, 0);

		with_gas(&r, i < 20 ? 1 : 2, "G1", ts, 70000 + i * 40);
		take(&h, &r);
		if (i % 7 == 0)
			commit(&h);
	}
	commit(&h);
	check_sql(&h, "SELECT sum(gas_dm3) FROM hourly_wh", "1560");
	check_sql(&h, "SELECT count(*) FROM quarantine", "0");
	check_sql(&h,
		  "SELECT identifier, channel FROM meters WHERE medium = 'gas'",
		  "G1|2");
	db_fixture_gone(&h);
}

/*
 * Moved, and the old channel keeps sending 0: only its first reading is
 * refused.
 */
static void a_channel_that_stays_behind_is_dead(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 40; i++) {
		int64_t ts = at(BEGIN) + i * 300;
		struct reading r = reading_of("E", ts, i * 100, 0);

		with_gas(&r, 2, "G1", ts, 70000 + i * 40);
		if (i >= 20)
			with_gas(&r, 1, "G1", ts, 0);
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT sum(gas_dm3) FROM hourly_wh", "1560");
	check_sql(&h, HELD, "back|20");
	db_fixture_gone(&h);
}

/* A reading of one of two meters. */
struct said {
	const char *meter;
	int64_t after_s, t1;
};

static void say_all(struct db_fixture *h, const struct said *said, size_t n,
		    bool one_by_one)
{
	for (size_t i = 0; i < n; i++) {
		struct reading r =
			reading_of(said[i].meter, at(BEGIN) + said[i].after_s,
				   said[i].t1, 777);

		take(h, &r);
		if (one_by_one)
			commit(h);
	}
}

static void house_of_quarters(struct db_fixture *h)
{
	judged_house(h);
	db_fixture_close(h);
	h->options.interval = 900;
	db_fixture_open(h);
}

/*
 * A meter is away for five minutes of its interval of fifteen, which has a row of
 * it already: without another one, what it counts next is lost.
 */
static void a_meter_that_comes_back_within_its_interval_counts_on(void **state)
{
	static const struct said said[] = {
		{ "4B31", 0, 6530377 },
		{ "4B32", 300, 0 },
		{ "4B31", 600, 6530377 },
		{ "4B31", 10500, 6543896 },
	};
	struct db_fixture h;

	(void)state;
	house_of_quarters(&h);
	say_all(&h, said, COUNT(said), false);
	commit(&h);
	check_sql(&h, "SELECT import_wh FROM yearly_wh", "13519");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* The same, but the reading after the other meter's is imported last. */
static void a_late_reading_of_a_meter_that_came_back_counts(void **state)
{
	static const struct said said[] = {
		{ "4B31", 0, 6530377 },
		{ "4B32", 300, 0 },
		{ "4B31", 10500, 6543896 },
		{ "4B31", 600, 6530377 },
	};
	struct db_fixture h;

	(void)state;
	house_of_quarters(&h);
	say_all(&h, said, COUNT(said), true);
	check_sql(&h, "SELECT import_wh FROM yearly_wh", "13519");
	say_all(&h, said, COUNT(said), false);
	check_int("again", commit(&h), 0);
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_step_between_meters_becomes_exact),
		cmocka_unit_test(in_whatever_order),
		cmocka_unit_test(a_day_of_nothing_needs_a_time),
		cmocka_unit_test(what_readings_contradict_is_refused),
		cmocka_unit_test(
			what_was_entered_is_replaced_by_what_is_entered_again),
		cmocka_unit_test(a_correction_leaves_no_trace),
		cmocka_unit_test(its_time_stays_unless_another_is_said),
		cmocka_unit_test(
			a_meter_that_goes_on_contradicts_what_was_entered),
		cmocka_unit_test(
			two_gas_meters_of_one_stamp_leave_no_time_between),
		cmocka_unit_test(two_gas_meters_that_begin_at_once_stay_two),
		cmocka_unit_test(a_meter_that_moves_goes_on),
		cmocka_unit_test(
			a_meter_that_comes_back_within_its_interval_counts_on),
		cmocka_unit_test(
			a_late_reading_of_a_meter_that_came_back_counts),
		cmocka_unit_test(a_channel_that_stays_behind_is_dead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
