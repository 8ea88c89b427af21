/* Electricity meters on the house's port that [meter] also adds to it. */
#include "storage/journal/pins.h"
#include "tests/storage/db_fixture.h"

#define A "4141414141"
#define B "4242424242"
#define C "4343434343"
#define OF(id) "(SELECT id FROM meter WHERE identifier = '" id "')"

enum { STEP = 10 };

static int64_t start(void)
{
	return at("2026-03-01T00:00:00Z");
}

/*
 * The i-th telegram, of the meters in turn. A and the others have gas meters of
 * their own on channel 1, which are read at different times.
 */
static struct reading telegram(const char *id, int i)
{
	const int64_t ts = start() + i * STEP;
	struct reading r = reading_of(id, ts, 1000 + i * 3, 5000 + i * 7);

	if (strcmp(id, A) == 0)
		with_gas(&r, 1, "4741", ts - ts % 300, ts / 300 % 10000 * 2);
	else
		with_gas(&r, 1, "4742", ts - ts % 200, ts / 200 % 10000 * 2);
	return r;
}

static void put_turns(struct db_fixture *h, const char *const *ids, int many,
		      int i, int n)
{
	for (int end = i + n; i < end; i++) {
		const struct reading r = telegram(ids[i % many], i);

		take(h, &r);
		if (i % 30 == 29)
			commit(h);
	}
	commit(h);
}

static const char *const two[] = { A, B };

static void set(struct db_fixture *h, const char *house, const char *also)
{
	db_fixture_close(h);
	h->options.house = house;
	h->options.also = also;
	db_fixture_open(h);
}

static void house_that_adds(struct db_fixture *h, const char *also)
{
	judged_house(h);
	set(h, "", also);
}

static void done(struct db_fixture *h)
{
	db_fixture_verified(h);
	db_fixture_gone(h);
}

/* The n-th telegram shows 6000 + 10 n Wh; gas is 66 dm3 of A's, 98 of B's. */
static void both_are_in_the_totals(void **state)
{
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	put_turns(&h, two, 2, 0, 1000);
	check_sql(&h,
		  "SELECT count(*), min(meter) = " OF(B) " FROM "
							 "other_electricity",
		  "500|1");
	check_sql(
		&h,
		"SELECT import_wh, import_t1_wh, gas_dm3, gap_s FROM daily_wh",
		"19960|5988|164|0");
	check_sql(&h, "SELECT sum(import_wh), sum(gas_dm3) FROM hourly_wh",
		  "19960|164");
	check_sql(&h, "SELECT sum(other < 0), sum(other > 0) FROM meter",
		  "1|0");
	check_sql(&h,
		  "SELECT channel, count(*) FROM installation "
		  "WHERE medium = 'electricity' GROUP BY 1",
		  "-1|1\n0|1");
	check_sql(&h, "SELECT count(*) FROM installation WHERE medium = 'gas'",
		  "2");
	check_sql(&h,
		  "SELECT channel, last_ts - first_ts FROM meters "
		  "WHERE medium = 'electricity' ORDER BY 1",
		  "-1|9980\n0|9980");
	done(&h);
}

static void what_is_set_counts_from_the_start(void **state)
{
	static const struct {
		const char *house, *also, *want;
	} sets[] = {
		{ "", B, "19960|164" },	      { "", "", "9980|66" },
		{ "", "BBBBB", "19960|164" }, { B, "", "9980|98" },
		{ B, A, "19960|164" },	      { "", C, "9980|66" },
		{ "", A, "9980|66" },	      { NULL, NULL, "9980|66" },
	};
	struct db_fixture h;
	int64_t min_ts, changes = 0;

	(void)state;
	judged_house(&h);
	put_turns(&h, two, 2, 0, 1000);
	min_ts = start();
	for (size_t i = 0; i < COUNT(sets); i++) {
		char sql[160], want[64];

		set(&h, sets[i].house, sets[i].also);
		check_sql(&h, "SELECT import_wh, gas_dm3 FROM daily_wh",
			  sets[i].want);
		changes = strtoll(ask(&h, "SELECT max(id) FROM change_list "
					  "WHERE medium = 'electricity'"),
				  NULL, 10);
		snprintf(sql, sizeof(sql),
			 "SELECT min_ts, max_ts FROM change_list WHERE id = %d",
			 (int)changes);
		snprintf(want, sizeof(want), "%lld|%lld", (long long)min_ts,
			 (long long)(min_ts + 999 * STEP));
		if (i < 6) /* then nothing of B changes */
			check_text(sql, ask(&h, sql), want);
		db_fixture_verified(&h);
		set(&h, sets[i].house, sets[i].also); /* no change, no work */
		check_int("changes",
			  strtoll(ask(&h, "SELECT max(id) FROM change_list "
					  "WHERE medium = 'electricity'"),
				  NULL, 10),
			  changes);
	}
	done(&h);
}

/* The followers learn of its rows as of the house's. */
static void a_commit_names_its_rows(void **state)
{
	static const char *const only[] = { B };
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	put_turns(&h, two, 2, 0, 30);
	put_turns(&h, only, 1, 30, 3);
	check_sql(&h,
		  "SELECT (min_ts - unixepoch('2026-03-01')) / 10, "
		  "(max_ts - unixepoch('2026-03-01')) / 10 FROM change_list "
		  "WHERE medium = 'electricity' ORDER BY id DESC LIMIT 1",
		  "30|32");
	done(&h);
}

/* Each counter is known where any of the meters shows it. */
static void a_register_of_one_is_known(void **state)
{
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	for (int i = 0; i < 3 * 360; i++) {
		struct reading r = telegram(two[i % 2], i);

		/* B shows its export after an hour; A falls silent after two. */
		if (i % 2 == 0 && i >= 720)
			continue;
		if (i % 2 == 1 && i >= 360)
			with(&r, Q_EXPORT_T1, 100 + i);
		take(&h, &r);
		if (i % 30 == 29)
			commit(&h);
	}
	commit(&h);
	check_sql(&h,
		  "SELECT substr(hour, 12), import_wh, export_t1_wh, "
		  "import_t3_wh, gap_s FROM hourly_wh WHERE hour < "
		  "'2026-03-01 05'",
		  "01:00|7190|||20\n02:00|7180|359||20\n03:00|3590|359||20");
	done(&h);
}

/* It stood still before, which moves the boundaries before its first reading. */
static void it_shows_a_register_of_the_house_later(void **state)
{
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	for (int i = 0; i < 500; i++) {
		struct reading r = telegram(two[i % 2], i);

		if (i % 2 == 0 || i >= 400)
			with(&r, Q_EXPORT_T1, 100 + i);
		take(&h, &r);
		if (i % 30 == 29)
			commit(&h);
	}
	commit(&h);
	check_sql(&h, "SELECT export_t1_wh FROM yearly_wh", "596");
	check_sql(&h, "SELECT group_concat(export_t1_wh) FROM hourly_wh",
		  "360,236");
	done(&h);
}

static void history_adds_it(void **state)
{
	static const char *const only[] = { B }, *const alone[] = { A };
	struct err e = { 0 };
	struct history *history;
	int64_t first, last, next;
	struct db_fixture h;
	struct counter_point p;

	(void)state;
	house_that_adds(&h, B);
	put_turns(&h, alone, 1, 0, 40);
	put_turns(&h, two, 2, 40, 60);
	put_turns(&h, only, 1, 100, 60);
	history = db_fixture_history(&h);
	check_int(
		"extent",
		history_extent(history, MEDIUM_ELECTRICITY, &first, &last, &e),
		1);
	check_int("first", first, start());
	check_int("last", last, start() + 98 * STEP); /* of the house's */
	check_int("of gas",
		  history_extent(history, MEDIUM_GAS, &first, &next, &e), 1);
	check_int("last of gas", next, start() + 900); /* of the house's */
	must(history_after(history, MEDIUM_ELECTRICITY, last + STEP, &next, &e),
	     &e);
	check_int("next", next, start() + 100 * STEP);
	check_int("at",
		  history_at(history, MEDIUM_ELECTRICITY, last + STEP / 2, &p,
			     &e),
		  1);
	check_int("counter", p.counter[SERIES_IMPORT], 6980 + 6984);
	check_int("gap", p.gap_s, 2 * STEP);
	history_close(history);
	done(&h);
}

/* Its counter passes its end; later it falls, and a person accepts that. */
static void its_counter_goes_on(void **state)
{
	enum { END = 100000000 };
	struct pins_order order = { .verb = PINS_ACCEPT };
	struct pins_answer answer;
	struct err e = { 0 };
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	for (int i = 0; i < 600; i++) {
		struct reading r = telegram(two[i % 2], i);

		if (i % 2 == 1) /* a Wh in each, and 7 on the other tariff */
			r.value[Q_IMPORT_T1] =
				i < 540 ? (END - 99 + i / 2) % END
					: i / 2 - 265;
		take(&h, &r);
		if (i % 30 == 29)
			commit(&h);
	}
	commit(&h);
	check_sql(&h, "SELECT import_wh FROM daily_wh",
		  "10015"); /* 5980, 269 and 7 * 538 */
	check_sql(&h, "SELECT count(*), min(meter) = " OF(B) " FROM held",
		  "30|1");
	order.id = strtoll(ask(&h, "SELECT min(id) FROM quarantine"), NULL, 10);
	must(journal_pin(h.journal, &order, true, &answer, &e), &e);
	check_int("more",
		  answer.after[SERIES_IMPORT_T1] -
			  answer.before[SERIES_IMPORT_T1],
		  29);
	check_sql(&h, "SELECT import_wh FROM daily_wh", "10464");
	check_sql(&h,
		  "SELECT first_ts, begins FROM installation "
		  "WHERE channel = -1 ORDER BY first_ts",
		  "1772323210|\n1772325190|roll-over\n1772328610|reset");
	check_sql(&h, "SELECT min(import_wh) >= 0 FROM hourly_wh", "1");
	done(&h);
}

static void both_send_in_the_same_second(void **state)
{
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	for (int i = 0; i < 100; i++) {
		struct reading a = telegram(A, i), b = telegram(B, i);

		with(&b, Q_IMPORT_T3, 4000 + i);
		take(&h, &a);
		if (i == 49)
			commit(&h);
		if (i >= 50)
			take(&h, &b);
	}
	commit(&h);
	check_sql(&h, "SELECT import_wh, import_t3_wh FROM daily_wh",
		  "1529|49");
	done(&h);
}

/* What one of them shows last is known until then. */
static void one_is_ahead(void **state)
{
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	put_turns(&h, two, 2, 0, 30);
	for (int i = 31; i < 1080; i += 2) {
		struct reading r = telegram(B, i);

		r.have &= ~(UINT64_C(1) << Q_IMPORT_T2);
		take(&h, &r);
	}
	commit(&h);
	for (int i = 30; i < 400; i += 2) {
		struct reading r = telegram(A, i);

		take(&h, &r);
		commit(&h);
	}
	check_sql(&h,
		  "SELECT substr(hour, 12), import_t1_wh, import_t2_wh "
		  "FROM hourly_wh",
		  "01:00|2157|2716\n02:00|1194|266\n03:00|1077|");
	done(&h);
}

/*
 * A person rejects some or all readings of an added meter, and withdraws that.
 */
static void its_readings_are_rejected(void **state)
{
	static const struct {
		int first, last;
		const char *want, *others;
	} cases[] = {
		{ 150, 250, "5960", "100" },
		{ 250, 299, "5460", "125" },
		{ 0, 299, "2980", "0" },
	};
	struct pins_answer answer;
	struct db_fixture h;
	struct err e = { 0 };

	(void)state;
	house_that_adds(&h, B);
	put_turns(&h, two, 2, 0, 300);
	check_sql(&h, "SELECT import_wh, gas_dm3 FROM daily_wh", "5960|46");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pins_order o = {
			.verb = PINS_REJECT,
			.from = start() + cases[i].first * STEP,
			.to = start() + cases[i].last * STEP,
			.meter = B,
		};

		must(journal_pin(h.journal, &o, true, &answer, &e), &e);
		check_sql(&h, "SELECT count(*) FROM other_electricity",
			  cases[i].others);
		check_sql(&h, "SELECT import_wh FROM daily_wh", cases[i].want);
		db_fixture_verified(&h);
		o.verb = PINS_CLEAR;
		must(journal_pin(h.journal, &o, true, &answer, &e), &e);
		check_sql(&h, "SELECT import_wh, gas_dm3 FROM daily_wh",
			  "5960|46");
		db_fixture_verified(&h);
	}
	db_fixture_gone(&h);
}

/* It was on loan first: each replaced the other, and their gas meters did. */
static void it_was_on_loan(void **state)
{
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	put_turns(&h, &two[0], 1, 0, 60);
	put_turns(&h, &two[1], 1, 60, 60);
	put_turns(&h, &two[0], 1, 120, 60);
	check_sql(&h, "SELECT count(*) FROM other_electricity", "0");
	check_sql(&h, "SELECT import_wh, gas_dm3 FROM daily_wh", "1770|8");
	db_fixture_verified(&h);
	put_turns(&h, &two[1], 1, 180, 60);
	check_sql(&h, "SELECT count(*) FROM other_electricity", "120");
	check_sql(&h, "SELECT import_wh, gas_dm3 FROM daily_wh", "3580|26");
	done(&h);
}

/* The gas meters stay apart when each was seen with both. */
static void its_gas_meter_moves(void **state)
{
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	put_turns(&h, two, 2, 0, 300);
	check_sql(&h, "SELECT gas_dm3 FROM daily_wh", "46");
	for (int i = 300; i < 600; i++) {
		struct reading r = telegram(two[i % 2], i);

		if (i % 2)
			r.mbus[0] = telegram(A, i).mbus[0];
		else
			r.mbus[0].channel = 0;
		take(&h, &r);
		if (i % 30 == 29)
			commit(&h);
	}
	commit(&h);
	check_sql(&h, "SELECT gas_dm3 FROM daily_wh", "66");
	check_sql(&h, "SELECT count(*) FROM installation WHERE medium = 'gas'",
		  "2");
	done(&h);
}

/*
 * A meter that replaces it counts once it is named, from its first reading on.
 */
static void it_is_replaced(void **state)
{
	static const char *const then[] = { A, C };
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	put_turns(&h, two, 2, 0, 100);
	put_turns(&h, then, 2, 100, 100);
	check_sql(&h, "SELECT import_wh, gas_dm3 FROM daily_wh", "2960|30");
	db_fixture_verified(&h);
	set(&h, "", B " " C);
	check_sql(&h, "SELECT import_wh, gas_dm3 FROM daily_wh", "3940|30");
	done(&h);
}

/* The days and hours of its readings are there, too. */
static void it_goes_on_in_another_year(void **state)
{
	const int64_t later = at("2028-05-01T12:00:00Z");
	struct reading r = reading_of(B, later, 5000, 9000);
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	put_turns(&h, two, 2, 0, 100);
	take_at(&h, &r,
		&(struct journal_now){ .utc = later, .synchronised = true });
	commit(&h);
	check_sql(&h, "SELECT year, import_wh > 0 FROM yearly_wh",
		  "2026|1\n2027|1\n2028|1");
	check_sql(&h,
		  "SELECT (SELECT count(*) FROM hourly_wh WHERE year = 2027), "
		  "(SELECT count(*) > 2800 FROM hourly_wh WHERE year = 2028)",
		  "0|1");
	check_sql(&h, "SELECT sum(import_wh) FROM yearly_wh", "8970");
	db_fixture_verified(&h);
	h.options.timezone = "Europe/London";
	set(&h, "", B);
	check_sql(&h, "SELECT sum(import_wh) FROM yearly_wh", "8970");
	db_fixture_verified(&h);
	set(&h, "", "");
	check_sql(&h, "SELECT sum(import_wh) FROM yearly_wh", "980");
	check_sql(&h, "SELECT count(*) FROM installation WHERE channel = -1",
		  "0");
	done(&h);
}

/* Both households had a gas meter without a name on channel 1. */
static void nameless_values_are_the_houses(void **state)
{
	struct db_fixture h;

	(void)state;
	house_that_adds(&h, B);
	put_turns(&h, two, 2, 0, 200);
	db_fixture_close(&h);
	db_fixture_open(&h);
	for (int i = 200; i < 400; i++) {
		struct reading r = telegram(two[i % 2], i);

		r.mbus[0].meter = SPAN("");
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT gas_dm3 FROM daily_wh", "44"); /* 26 + 18 */
	check_sql(&h, "SELECT count(*) FROM held", "0");
	done(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_are_in_the_totals),
		cmocka_unit_test(what_is_set_counts_from_the_start),
		cmocka_unit_test(a_commit_names_its_rows),
		cmocka_unit_test(a_register_of_one_is_known),
		cmocka_unit_test(it_shows_a_register_of_the_house_later),
		cmocka_unit_test(history_adds_it),
		cmocka_unit_test(its_counter_goes_on),
		cmocka_unit_test(both_send_in_the_same_second),
		cmocka_unit_test(one_is_ahead),
		cmocka_unit_test(its_readings_are_rejected),
		cmocka_unit_test(it_was_on_loan),
		cmocka_unit_test(its_gas_meter_moves),
		cmocka_unit_test(it_is_replaced),
		cmocka_unit_test(it_goes_on_in_another_year),
		cmocka_unit_test(nameless_values_are_the_houses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
