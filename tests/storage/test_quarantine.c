/*
 * What is held and what heals: streams with false readings in them, and the
 * same without, must end in the same consumption.
 */
#include "tests/storage/house.h"

enum { STEP = 300 };

#define BEGIN "2026-05-01T00:00:00Z"

/* The i-th reading of a house that uses 1 kW and 0.5 m3 an hour. */
static struct reading house_at(int i)
{
	int64_t ts = at(BEGIN) + (int64_t)i * STEP;
	struct reading r = reading_of("M1", ts, 1000000 + i * 83, 2000000);

	r.raw = SPAN("/TST5\r\n\r\nas sent\r\n!\r\n");
	with_gas(&r, 1, "G1", ts - 60, 1621615 + i * 41);
	return r;
}

/* Put the readings from..to, each as `change` makes it. */
static void play(struct house *h, int from, int to,
		 void (*change)(struct reading *r, int i))
{
	for (int i = from; i < to; i++) {
		struct reading r = house_at(i);

		if (change != NULL)
			change(&r, i);
		put_judged(h, &r);
	}
}

#define TOTALS                                                                 \
	"SELECT hour, import_wh, gas_dm3 FROM hourly_wh "                      \
	"UNION ALL SELECT day, import_wh, gas_dm3 FROM daily_wh"
#define HELD                                                                   \
	"SELECT reason, register, value, stamps, count FROM quarantine "       \
	"WHERE rejected = 0 ORDER BY id"

/* As house_at, but the i-th of these says something else. */
static void gas_is_dead(struct reading *r, int i)
{
	if (i >= 30 && i < 42)
		r->mbus[0].value = 0;
}

static void gas_jumps(struct reading *r, int i)
{
	if (i >= 30 && i < 42)
		r->mbus[0].value += 1800000;
}

static void import_jumps(struct reading *r, int i)
{
	if (i == 30)
		r->value[Q_IMPORT_T2] += 1000000;
}

static void import_falls(struct reading *r, int i)
{
	if (i == 30)
		r->value[Q_IMPORT_T1] -= 100;
}

static void clock_is_reset(struct reading *r, int i)
{
	if (i == 30)
		r->time.utc = r->mbus[0].time.utc = 946684800;
}

static void clock_is_ahead(struct reading *r, int i)
{
	if (i == 30)
		r->time.utc = r->mbus[0].time.utc = 2000000000;
}

static void both_are_reset(struct reading *r, int i)
{
	if (i == 30) {
		r->value[Q_IMPORT_T1] = 0;
		r->mbus[0].value = 3;
	}
}

static const struct lie {
	const char *name;
	void (*change)(struct reading *r, int i);
	const char *held;
} lies[] = {
	{ "gas 0.000 for an hour", gas_is_dead, "back|value|0|12|12" },
	{ "+1800 m3 and back", gas_jumps, NULL },
	{ "import jumps", import_jumps, "fast|import_t2|3000000|1|1" },
	{ "import falls", import_falls, "back|import_t1|1002390|1|1" },
	{ "a clock of 2000", clock_is_reset,
	  "time|import_t1|1002490|1|1\ntime|value|1622845|1|1" },
	{ "a clock of 2033", clock_is_ahead,
	  "time|import_t1|1002490|1|1\ntime|value|1622845|1|1" },
	{ "both fall", both_are_reset,
	  "back|import_t1|0|1|1\nback|value|3|1|1" },
};

static char *totals(struct house *h)
{
	return strdup(ask(h, TOTALS));
}

static char *honest_totals(void)
{
	struct house h;
	char *out;

	judged_house(&h);
	play(&h, 0, 100, NULL);
	commit(&h);
	out = totals(&h);
	house_gone(&h);
	return out;
}

/* Some commits, and the database opened anew; and one for all. */
static void a_lie_leaves_no_trace(void **state)
{
	static const int batches[] = { 5, 100 };
	char *want = honest_totals();

	(void)state;
	for (size_t i = 0; i < COUNT(lies); i++)
		for (size_t b = 0; b < COUNT(batches); b++) {
			struct house h;
			char *is;

			judged_house(&h);
			for (int k = 0; k < 100; k += batches[b]) {
				int to = k + batches[b];

				play(&h, k, to < 100 ? to : 100,
				     lies[i].change);
				commit(&h);
				if (batches[b] == 5 && k % 20 == 0) {
					house_close(&h);
					house_open(&h);
				}
			}
			is = totals(&h);
			check_text(lies[i].name, is, want);
			free(is);
			if (lies[i].held != NULL)
				check_text(lies[i].name, ask(&h, HELD),
					   lies[i].held);
			house_gone(&h);
		}
	free(want);
}

/* Into the middle of what is there, the lie is between two neighbours. */
static void a_lie_in_the_middle_leaves_none_either(void **state)
{
	char *want = honest_totals();

	(void)state;
	for (size_t i = 0; i < COUNT(lies); i++) {
		struct house h;
		char *is;

		judged_house(&h);
		play(&h, 60, 100, NULL);
		commit(&h);
		play(&h, 0, 20, NULL);
		play(&h, 20, 60, lies[i].change);
		commit(&h);
		is = totals(&h);
		check_text(lies[i].name, is, want);
		free(is);
		house_gone(&h);
	}
	free(want);
}

static void the_telegram_is_kept_as_sent(void **state)
{
	struct house h;

	(void)state;
	judged_house(&h);
	play(&h, 0, 40, import_jumps);
	commit(&h);
	check_sql(&h,
		  "SELECT CAST(telegram AS TEXT), expected_min, "
		  "expected_max, datetime(ts, 'unixepoch') FROM quarantine",
		  "/TST5\r\n\r\nas sent\r\n!\r\n|2000000|2004755|"
		  "2026-05-01 02:30:00");
	house_gone(&h);
}

static void stays_dead(struct reading *r, int i)
{
	if (i >= 30)
		r->mbus[0].value = 0;
}

/* A year of it is one row; and electricity goes on. */
static void a_dead_channel_is_one_row(void **state)
{
	struct house h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 2000; i += 100) {
		play(&h, i, i + 100, stays_dead);
		commit(&h);
	}
	check_sql(&h, HELD, "back|value|0|1970|1970");
	check_sql(&h, "SELECT count(*) FROM mbus", "30");
	check_sql(&h, "SELECT count(*) FROM electricity", "2000");
	house_gone(&h);
}

static void what_varies_does_not_fill_the_card(void **state)
{
	struct house h;

	(void)state;
	judged_house(&h);
	play(&h, 0, 10, NULL);
	for (int i = 10; i < 3000; i++) {
		struct reading r = house_at(i);

		r.mbus[0].value = i;
		put_judged(&h, &r);
		if (i % 500 == 0)
			commit(&h);
	}
	commit(&h);
	check_sql(&h, "SELECT count(*), sum(count) FROM quarantine",
		  "1000|2990");
	/* meters that nobody has seen before neither, of which there are many */
	for (int i = 0; i < 50; i++) {
		struct judge_now now = { at(JUDGED_AT), true };
		struct reading r = house_at(3000);
		struct err e = { 0 };
		char id[16];

		snprintf(id, sizeof(id), "X%d", i);
		r.meter = span_of(id);
		must(journal_hold(h.journal, &r, &now, VERDICT_UNPROVEN, &e),
		     &e);
		if (i % 10 == 0)
			commit(&h);
	}
	commit(&h);
	check_sql(&h, "SELECT count(*) < 1010 FROM quarantine", "1");
	check_sql(&h, "SELECT count(*) < 15 FROM meter", "1");
	house_gone(&h);
}

/* After a week without a reading the limit allows the jump. */
static int64_t week_later(int i)
{
	return i < 30 ? 0 : 8 * 86400;
}

static void play_after_gap(struct house *h, int lies_from, int lies_to,
			   int batch)
{
	for (int i = 0; i < 100; i++) {
		struct reading r = house_at(i);

		r.time.utc += week_later(i);
		r.mbus[0].time.utc += week_later(i);
		if (i >= lies_from && i < lies_to)
			r.mbus[0].value += 1800000;
		put_judged(h, &r);
		if (i % batch == 0)
			commit(h);
	}
	commit(h);
}

static void an_outlier_that_was_accepted_is_withdrawn(void **state)
{
	static const struct {
		int from, to, batch;
		const char *held;
	} rows[] = {
		{ 30, 31, 1, "outlier|value|3422845|1|1" },
		{ 30, 31, 100, "outlier|value|3422845|1|1" },
		{ 30, 42, 1, "outlier|value|3422845|12|12" },
		{ 30, 42, 5, "outlier|value|3422845|12|12" },
		{ 30, 42, 100, "outlier|value|3422845|12|12" },
	};
	struct house h;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		judged_house(&h);
		play_after_gap(&h, rows[i].from, rows[i].to, rows[i].batch);
		check_text("held", ask(&h, HELD), rows[i].held);
		check_sql(&h, "SELECT sum(gas_dm3) FROM hourly_wh", "4059");
		check_sql(&h,
			  "SELECT count(*) FROM hourly_wh WHERE gas_dm3 < 0 "
			  "OR gas_dm3 > 600",
			  "0");
		house_gone(&h);
	}
}

/* Followers must do the time again where the outlier was. */
static void a_withdrawal_is_in_the_change_list(void **state)
{
	struct house h;

	(void)state;
	judged_house(&h);
	play_after_gap(&h, 30, 31, 1);
	check_sql(&h,
		  "SELECT count(*) FROM change_list WHERE medium = 'gas' AND "
		  "min_ts <= unixepoch('2026-05-09T02:29:00Z') AND max_ts > "
		  "unixepoch('2026-05-09T02:29:00Z') AND id > (SELECT min(id) "
		  "FROM change_list WHERE medium = 'gas' AND min_ts = "
		  "unixepoch('2026-05-09T02:29:00Z'))",
		  "1");
	house_gone(&h);
}

/* Three that agree, or three hundred: a counter that went back stays out. */
static void backwards_never_heals(void **state)
{
	struct house h;

	(void)state;
	judged_house(&h);
	play(&h, 0, 100, NULL);
	commit(&h);
	for (int i = 100; i < 400; i++) {
		struct reading r = house_at(i);

		r.value[Q_IMPORT_T1] = i;
		r.mbus[0].value = i;
		put_judged(&h, &r);
		if (i % 10 == 0)
			commit(&h);
	}
	commit(&h);
	check_sql(&h, "SELECT count(*) FROM mbus", "100");
	check_sql(&h, "SELECT count(*) FROM electricity", "100");
	check_sql(&h, "SELECT reason, count(*) FROM quarantine GROUP BY 1",
		  "back|600");
	house_gone(&h);
}

/* A true jump, of a limit that is set too low, is believed when it can be. */
static void forwards_heals_when_the_limit_allows(void **state)
{
	struct house h;

	(void)state;
	judged_house(&h);
	play(&h, 0, 10, NULL);
	for (int i = 10; i < 100; i++) {
		struct reading r = house_at(i);

		r.mbus[0].value += 30000; /* three hours of 10 m3 */
		put_judged(&h, &r);
		commit(&h);
	}
	check_sql(&h,
		  "SELECT time(min(ts), 'unixepoch') FROM mbus "
		  "WHERE value > 1650000",
		  "03:49:00");
	check_sql(&h, "SELECT sum(gas_dm3) FROM daily_wh", "34059");
	house_gone(&h);
}

static void zeros_before_the_first_value(struct reading *r, int i)
{
	if (i < 10)
		r->mbus[0].value = 0;
}

static void a_meter_that_begins_dead_counts_from_its_first_value(void **state)
{
	struct house h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 20; i++) {
		play(&h, i, i + 1, zeros_before_the_first_value);
		commit(&h);
	}
	check_sql(&h, "SELECT sum(gas_dm3) FROM daily_wh", "369");
	check_sql(&h, HELD, "zero|value|0|10|10");
	check_sql(&h, "SELECT count(*) FROM mbus", "10");
	house_gone(&h);
}

static void a_new_meter_begins_with_zero(void **state)
{
	struct house h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 20; i++) {
		struct reading r = house_at(i);

		r.mbus[0].value = i < 5 ? 0 : (i - 4) * 41;
		put_judged(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT sum(gas_dm3) FROM daily_wh", "615");
	check_sql(&h, "SELECT count(*) FROM quarantine", "0");
	house_gone(&h);
}

/* Only what has counted is told live. */
static void zeros_are_unproven(void **state)
{
	struct judge_now now = { at(JUDGED_AT), true };
	struct reading r = house_at(0);
	struct err e;
	struct house h;
	unsigned unproven;

	(void)state;
	judged_house(&h);
	r.mbus[0].value = 0;
	must(journal_judge(h.journal, &r, &now, &unproven, &e), &e);
	check_int("gas", (int)unproven, 2);
	r = house_at(1);
	must(journal_judge(h.journal, &r, &now, &unproven, &e), &e);
	check_int("gas that counts", (int)unproven, 0);
	house_gone(&h);
}

/* A false first value, before anything is known. */
static void a_false_beginning_is_withdrawn(void **state)
{
	struct house h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 20; i++) {
		struct reading r = house_at(i);

		if (i == 0)
			r.mbus[0].value += 1800000;
		put_judged(&h, &r);
		commit(&h);
	}
	check_sql(&h, HELD, "outlier|value|3421615|1|1");
	check_sql(&h, "SELECT sum(gas_dm3), count(*) FROM daily_wh", "738|1");
	check_sql(&h, "SELECT count(*) FROM mbus", "19");
	house_gone(&h);
}

/* Over the end: no negative step, no giant one, and as many Wh as were used. */
static void a_counter_rolls_over(void **state)
{
	static const int batches[] = { 1, 100 };

	(void)state;
	for (size_t b = 0; b < COUNT(batches); b++) {
		struct house h;

		judged_house(&h);
		for (int i = 0; i < 100; i++) {
			struct reading r = house_at(i);

			r.value[Q_IMPORT_T1] =
				(99999999 - 50 * 83 + i * 83) % 100000000;
			r.value[Q_IMPORT_T2] =
				(999999999 - 20 * 7 + i * 7) % 1000000000;
			r.mbus[0].value =
				(99999999 - 41 * 60 + i * 41) % 100000000;
			put_judged(&h, &r);
			if (i % batches[b] == 0)
				commit(&h);
		}
		commit(&h);
		check_sql(&h,
			  "SELECT sum(import_wh), sum(import_t1_wh), "
			  "sum(import_t2_wh), sum(gas_dm3) FROM hourly_wh",
			  "8910|8217|693|4059");
		check_sql(
			&h,
			"SELECT count(*) FROM hourly_wh WHERE import_t1_wh < 0"
			" OR gas_dm3 < 0 OR import_t1_wh > 1000",
			"0");
		check_sql(&h,
			  "SELECT count(*) FROM installation "
			  "WHERE begins = 'roll-over'",
			  "3");
		check_sql(&h, "SELECT count(*) FROM quarantine", "0");
		house_gone(&h);
	}
}

/* Its meter ahead by five hours, for an hour; then it is right again. */
static void a_clock_that_was_ahead_is_withdrawn(void **state)
{
	struct house h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 100; i++) {
		struct reading r = house_at(i);

		if (i >= 30 && i < 42)
			r.time.utc = r.mbus[0].time.utc += 5 * 3600;
		put_judged(&h, &r);
		commit(&h);
	}
	check_sql(&h, "SELECT sum(import_wh), sum(gas_dm3) FROM hourly_wh",
		  "8217|4059");
	check_sql(&h, "SELECT count(*) FROM hourly_wh WHERE import_wh < 0",
		  "0");
	house_gone(&h);
}

/* Lies within a file, and as its first reading. */
static const struct {
	int at;
	bool gas;
	int64_t by;
} told[] = {
	{ 10, true, 1800000 },	{ 25, true, 1800000 },	 { 40, false, -5 },
	{ 50, true, -1622000 }, { 60, false, 10000000 }, { 75, false, -1000 },
	{ 85, true, -70 },	{ 99, false, 70000000 },
};

static void put_file(struct house *h, int from, int to, bool lying)
{
	for (int i = from; i < to; i++) {
		struct reading r = house_at(i);

		for (size_t l = 0; l < COUNT(told); l++) {
			if (told[l].at != i)
				continue;
			if (!lying && told[l].gas)
				r.mbus[0].has_value = false;
			else if (!lying)
				r.have = 0;
			else if (told[l].gas)
				r.mbus[0].value += told[l].by;
			else
				r.value[Q_IMPORT_T1] += told[l].by;
		}
		put_judged(h, &r);
	}
	commit(h);
}

/* The n-th order of four files, 0 to 23. */
static void order_of(int n, int order[4])
{
	int rest[4] = { 0, 1, 2, 3 };

	for (int i = 0, left = 4; left > 0; i++, left--) {
		int pick = n % left;

		n /= left;
		order[i] = rest[pick];
		memmove(&rest[pick], &rest[pick + 1],
			(size_t)(left - pick - 1) * sizeof(*rest));
	}
}

static void files_in_any_order_end_in_the_same(void **state)
{
	struct house h;
	char *want, what[32];
	int order[4];

	(void)state;
	judged_house(&h);
	put_file(&h, 0, 100, false);
	want = totals(&h);
	house_gone(&h);
	for (int n = 0; n < 24; n++) {
		char *is;

		order_of(n, order);
		judged_house(&h);
		for (int i = 0; i < 4; i++)
			put_file(&h, order[i] * 25, order[i] * 25 + 25, true);
		is = totals(&h);
		snprintf(what, sizeof(what), "order %d%d%d%d", order[0],
			 order[1], order[2], order[3]);
		check_text(what, is, want);
		free(is);
		house_gone(&h);
	}
	free(want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lie_leaves_no_trace),
		cmocka_unit_test(a_lie_in_the_middle_leaves_none_either),
		cmocka_unit_test(files_in_any_order_end_in_the_same),
		cmocka_unit_test(the_telegram_is_kept_as_sent),
		cmocka_unit_test(a_dead_channel_is_one_row),
		cmocka_unit_test(what_varies_does_not_fill_the_card),
		cmocka_unit_test(an_outlier_that_was_accepted_is_withdrawn),
		cmocka_unit_test(a_withdrawal_is_in_the_change_list),
		cmocka_unit_test(backwards_never_heals),
		cmocka_unit_test(forwards_heals_when_the_limit_allows),
		cmocka_unit_test(
			a_meter_that_begins_dead_counts_from_its_first_value),
		cmocka_unit_test(a_new_meter_begins_with_zero),
		cmocka_unit_test(zeros_are_unproven),
		cmocka_unit_test(a_false_beginning_is_withdrawn),
		cmocka_unit_test(a_counter_rolls_over),
		cmocka_unit_test(a_clock_that_was_ahead_is_withdrawn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
