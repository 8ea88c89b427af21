/* From one meter to the next: what a person read off them makes it exact. */
#include "storage/entered.h"
#include "tests/storage/house.h"

#define BEGIN "2026-05-01T00:00:00Z"

/* Two hours of old meters, an hour of nothing, two hours of new ones. */
static void moved_house(struct house *h)
{
	house_new(h);
	for (int i = 0; i < 60; i++) {
		bool new = i >= 24;
		int64_t ts = at(BEGIN) + i * 300 + (new ? 3600 : 0);
		struct reading r =
			reading_of(new ? "4B32" : "4B31", ts,
				   (new ? 5000 : 1000000) + i * 100, 777);

		with_gas(&r, 1, new ? "G2" : "G1", ts - 60,
			 (new ? 200 : 70000) + i * 40);
		put_judged(h, &r);
	}
	commit(h);
}

static int say(struct house *h, bool opening, const char *meter,
	       const char *time, const char *counter, struct err *e)
{
	struct entered n = { .opening = opening,
			     .meter = meter,
			     .at = time ? at(time) : INT64_MIN };
	int rc = entered_set(&n, counter, e);

	return rc < 0 ? rc : journal_enter(h->journal, &n, at(JUDGED_AT), e);
}

#define TOTALS "SELECT sum(import_wh), sum(gas_dm3) FROM hourly_wh"

static void the_step_between_meters_becomes_exact(void **state)
{
	struct house h;
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
	house_gone(&h);
}

/* The order in which they are said is of no matter; nor as what is printed. */
static void in_whatever_order(void **state)
{
	struct house h;
	struct err e = { 0 };

	(void)state;
	moved_house(&h);
	must(say(&h, true, "K2", NULL, "import_t1=0.000", &e), &e);
	must(say(&h, false, "K1", NULL, "import_t1=1002.350", &e), &e);
	check_sql(&h, TOTALS, "13250|2320");
	house_close(&h);
	house_open(&h);
	check_sql(&h, TOTALS, "13250|2320");
	house_gone(&h);
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
	struct house h;

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
	house_gone(&h);
}

/* The same meter on another channel is the same series. */
static void a_meter_that_moves_goes_on(void **state)
{
	struct house h;

	(void)state;
	house_new(&h);
	for (int i = 0; i < 40; i++) {
		int64_t ts = at(BEGIN) + i * 300;
		struct reading r = reading_of("E", ts, i * 100, 0);

		with_gas(&r, i < 20 ? 1 : 2, "G1", ts, 70000 + i * 40);
		put_judged(&h, &r);
		if (i % 7 == 0)
			commit(&h);
	}
	commit(&h);
	check_sql(&h, "SELECT sum(gas_dm3) FROM hourly_wh", "1560");
	check_sql(&h, "SELECT count(*) FROM quarantine", "0");
	check_sql(&h,
		  "SELECT identifier, channel FROM meters WHERE medium = 'gas'",
		  "G1|2");
	house_gone(&h);
}

/* Moved, and the old channel goes on saying 0: the first is refused alone. */
static void a_channel_that_stays_behind_is_dead(void **state)
{
	struct house h;

	(void)state;
	house_new(&h);
	for (int i = 0; i < 40; i++) {
		int64_t ts = at(BEGIN) + i * 300;
		struct reading r = reading_of("E", ts, i * 100, 0);

		with_gas(&r, 2, "G1", ts, 70000 + i * 40);
		if (i >= 20)
			with_gas(&r, 1, "G1", ts, 0);
		put_judged(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT sum(gas_dm3) FROM hourly_wh", "1560");
	check_sql(&h, "SELECT reason, count FROM quarantine", "back|20");
	house_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_step_between_meters_becomes_exact),
		cmocka_unit_test(in_whatever_order),
		cmocka_unit_test(what_readings_contradict_is_refused),
		cmocka_unit_test(a_meter_that_moves_goes_on),
		cmocka_unit_test(a_channel_that_stays_behind_is_dead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
