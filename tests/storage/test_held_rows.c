/* Which readings are held, why, and when they are accepted after all. */
#include "tests/storage/db_fixture.h"

enum { STEP = 300 };

#define START "2026-05-01T00:00:00Z"

/* The i-th reading of a household that uses 1 kW and 0.5 m3 an hour. */
static struct reading house_at(int i)
{
	int64_t ts = at(START) + (int64_t)i * STEP;
	struct reading r = reading_of("M1", ts, 1000000 + i * 83, 2000000);

	r.raw = SPAN("/TST5\r\n\r\nas sent\r\n!\r\n");
	with_gas(&r, 1, "G1", ts - 60, 1621615 + i * 41);
	return r;
}

/* Put the readings from..to, each changed by `change`. */
static void play(struct db_fixture *h, int from, int to,
		 void (*change)(struct reading *r, int i))
{
	for (int i = from; i < to; i++) {
		struct reading r = house_at(i);

		if (change != NULL)
			change(&r, i);
		take(h, &r);
	}
}

#define HELD                                                                   \
	"SELECT reason, register, min(value), sum(count) FROM quarantine "     \
	"GROUP BY 1, 2"

static void import_jumps(struct reading *r, int i)
{
	if (i == 30)
		r->value[Q_IMPORT_T2] += 1000000;
}

static void the_telegram_is_kept_as_sent(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	play(&h, 0, 40, import_jumps);
	commit(&h);
	check_sql(&h,
		  "SELECT CAST(telegram AS TEXT), expected_min, "
		  "expected_max, datetime(ts, 'unixepoch') FROM held",
		  "/TST5\r\n\r\nas sent\r\n!\r\n|2000000|2000000|"
		  "2026-05-01 02:30:00");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

static void stays_dead(struct reading *r, int i)
{
	if (i >= 30)
		r->mbus[0].value = 0;
}

/*
 * In the end it costs a row an hour, from the commit after the first thousand
 * on; and electricity goes on.
 */
static void a_dead_channel_does_not_fill_the_card(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 2000; i += 100) {
		play(&h, i, i + 100, stays_dead);
		commit(&h);
	}
	check_sql(&h, HELD, "back|value|0|1970");
	check_sql(&h, "SELECT count(*) < 1200 FROM held", "1");
	check_sql(&h, "SELECT count(*) FROM mbus", "30");
	check_sql(&h, "SELECT count(*) FROM electricity", "2000");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/*
 * Nor does one that counts on from 0, as long as it weighs less than the truth.
 */
static void what_varies_does_not_fill_the_card(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 5000; i++) {
		struct reading r = house_at(i);

		if (i >= 2600)
			r.mbus[0].value = i;
		take(&h, &r);
		if (i % 500 == 0)
			commit(&h);
	}
	commit(&h);
	check_sql(&h, HELD, "back|value|2600|2400");
	check_sql(&h, "SELECT count(*) < 1700 FROM held", "1");
	check_sql(&h, "SELECT sum(gas_dm3) FROM yearly_wh", "106559");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/*
 * The readings of one commit are judged before they are thinned: as when a
 * database is rebuilt while thousands wait, or when its first reading was a
 * lie.
 */
static void a_commit_loses_none_of_many_that_are_true(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 3000; i++) {
		struct reading r = house_at(i);

		if (i == 0) {
			r.value[Q_IMPORT_T1] += 1000000;
			r.mbus[0].value += 1000000;
		}
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT count(*) FROM electricity", "2999");
	check_sql(&h, "SELECT count(*) FROM mbus", "2999");
	check_sql(&h, "SELECT count(*), min(reason) FROM held", "2|fast");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* After a week without a reading the limit allows the jump. */
static int64_t week_later(int i)
{
	return i < 30 ? 0 : 8 * 86400;
}

static void play_after_gap(struct db_fixture *h, int lies_from, int lies_to,
			   int batch)
{
	for (int i = 0; i < 100; i++) {
		struct reading r = house_at(i);

		r.time.utc += week_later(i);
		r.mbus[0].time.utc += week_later(i);
		if (i >= lies_from && i < lies_to)
			r.mbus[0].value += 1800000;
		take(h, &r);
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
		{ 30, 31, 1, "fast|value|3422845|1" },
		{ 30, 31, 100, "fast|value|3422845|1" },
		{ 30, 42, 1, "fast|value|3422845|12" },
		{ 30, 42, 5, "fast|value|3422845|12" },
		{ 30, 42, 100, "fast|value|3422845|12" },
	};
	struct db_fixture h;

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
		db_fixture_verified(&h);
		db_fixture_gone(&h);
	}
}

/* Followers must process the time of the outlier again. */
static void a_withdrawal_is_in_the_change_list(void **state)
{
	struct db_fixture h;

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
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* Put `n` readings, then `lower` ones that continue from a lower counter. */
static void play_fall(struct db_fixture *h, int n, int lower)
{
	play(h, 0, n, NULL);
	commit(h);
	for (int i = n; i < n + lower; i++) {
		struct reading r = house_at(i);

		r.value[Q_IMPORT_T1] = i;
		r.mbus[0].value = i;
		take(h, &r);
		if (i % 10 == 0)
			commit(h);
	}
	commit(h);
}

/*
 * Three hundred readings that agree are fewer than four hundred; ties go to the
 * first.
 */
static void the_heavier_side_of_a_fall_is_accepted(void **state)
{
	static const struct {
		int n, lower;
		const char *held; /* of each side */
		const char *totals;
	} rows[] = {
		{ 400, 300, "back|600", "33117|16359" },
		{ 100, 100, "back|200", "8217|4059" },
		{ 100, 101, "fast|200", "100|100" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct db_fixture h;

		judged_house(&h);
		play_fall(&h, rows[i].n, rows[i].lower);
		check_sql(&h,
			  "SELECT reason, sum(count) FROM quarantine "
			  "GROUP BY 1",
			  rows[i].held);
		check_sql(&h,
			  "SELECT sum(import_wh), sum(gas_dm3) FROM hourly_wh",
			  rows[i].totals);
		db_fixture_verified(&h);
		db_fixture_gone(&h);
	}
}

/*
 * A true jump above a limit that is too low is accepted when the limit is
 * raised.
 */
static void a_jump_is_accepted_when_the_limit_allows(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	play(&h, 0, 60, NULL);
	for (int i = 60; i < 150; i++) {
		struct reading r = house_at(i);

		r.mbus[0].value += 30000; /* three hours of 10 m3 */
		take(&h, &r);
		commit(&h);
	}
	check_sql(&h,
		  "SELECT time(min(ts), 'unixepoch') FROM mbus "
		  "WHERE value > 1650000",
		  "07:59:00");
	check_sql(&h, "SELECT sum(gas_dm3) FROM daily_wh", "36109");
	check_sql(&h, "SELECT reason, sum(count) FROM quarantine", "fast|36");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

static void zeros_before_the_first_value(struct reading *r, int i)
{
	if (i < 10)
		r->mbus[0].value = 0;
}

static void a_meter_that_starts_dead_counts_from_its_first_value(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 20; i++) {
		play(&h, i, i + 1, zeros_before_the_first_value);
		commit(&h);
	}
	check_sql(&h, "SELECT sum(gas_dm3) FROM daily_wh", "369");
	check_sql(&h, HELD, "zero|value|0|10");
	check_sql(&h, "SELECT count(*) FROM mbus", "10");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

static void a_new_meter_starts_with_zero(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 20; i++) {
		struct reading r = house_at(i);

		r.mbus[0].value = i < 5 ? 0 : (i - 4) * 41;
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT sum(gas_dm3) FROM daily_wh", "615");
	check_sql(&h, "SELECT count(*) FROM quarantine", "0");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* Only counters that have counted are sent live. */
static void zeros_are_unproven(void **state)
{
	const struct journal_now now = { .utc = at(TAKEN_AT),
					 .synchronised = true };
	struct reading r = house_at(0);
	struct journal_verdict v;
	struct err e;
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	r.mbus[0].value = 0;
	must(journal_take(h.journal, &r, &now, &v, &e), &e);
	check_int("gas", v.unproven, 2);
	r = house_at(1);
	must(journal_take(h.journal, &r, &now, &v, &e), &e);
	check_int("gas that counts", v.unproven, 0);
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* A false first value, before anything is known. */
static void a_false_first_value_is_withdrawn(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 20; i++) {
		struct reading r = house_at(i);

		if (i == 0)
			r.mbus[0].value += 1800000;
		take(&h, &r);
		commit(&h);
	}
	check_sql(&h, HELD, "fast|value|3421615|1");
	check_sql(&h, "SELECT sum(gas_dm3), count(*) FROM daily_wh", "738|1");
	check_sql(&h, "SELECT count(*) FROM mbus", "19");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* Over the end: no negative or giant step, and as many Wh as were used. */
static void a_counter_rolls_over(void **state)
{
	static const int batches[] = { 1, 100 };

	(void)state;
	for (size_t b = 0; b < COUNT(batches); b++) {
		struct db_fixture h;

		judged_house(&h);
		for (int i = 0; i < 100; i++) {
			struct reading r = house_at(i);

			r.value[Q_IMPORT_T1] =
				(99999999 - 50 * 83 + i * 83) % 100000000;
			r.value[Q_IMPORT_T2] =
				(999999999 - 20 * 7 + i * 7) % 1000000000;
			r.mbus[0].value =
				(99999999 - 41 * 60 + i * 41) % 100000000;
			take(&h, &r);
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
		db_fixture_verified(&h);
		db_fixture_gone(&h);
	}
}

/*
 * The meter's clock is five hours ahead, for an hour; then it is right again.
 */
static void a_clock_that_was_ahead_is_withdrawn(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 100; i++) {
		struct reading r = house_at(i);

		if (i >= 30 && i < 42)
			r.time.utc = r.mbus[0].time.utc += 5 * 3600;
		take(&h, &r);
		commit(&h);
	}
	check_sql(&h, "SELECT sum(import_wh), sum(gas_dm3) FROM hourly_wh",
		  "8217|4059");
	check_sql(&h, "SELECT count(*) FROM hourly_wh WHERE import_wh < 0",
		  "0");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/*
 * Held for its time or its stream, then read again from a file with right
 * times.
 */
static void what_was_held_for_its_time_is_judged_when_it_is_right(void **state)
{
	const struct journal_now rows[] = {
		{ .utc = at("2026-04-01T00:00:00Z"), .synchronised = true },
		{ .utc = at(TAKEN_AT), .synchronised = true, .unproven = true },
	};
	const char *const held[] = { "time|import_t1|1002490|1\n"
				     "time|value|1622845|1",
				     "unproven|import_t1|1002490|1\n"
				     "unproven|value|1622845|1" };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct reading r = house_at(30);
		struct db_fixture h;

		judged_house(&h);
		check_int(held[i], take_at(&h, &r, &rows[i]), 0);
		commit(&h);
		check_sql(&h, HELD, held[i]);
		play(&h, 39, 40, NULL);
		commit(&h);
		play(&h, 20, 39, NULL);
		commit(&h);
		check_sql(&h, HELD, "");
		check_sql(&h, "SELECT count(*) FROM electricity", "20");
		db_fixture_verified(&h);
		db_fixture_gone(&h);
	}
}

/* A late telegram has its powers and its log, too. */
static void a_late_reading_is_kept_with_all_it_shows(void **state)
{
	struct reading r = house_at(10);
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	play(&h, 20, 22, NULL);
	commit(&h);
	r.message = SPAN("3132");
	r.failures = 1;
	r.failure[0].end = r.time;
	r.failure[0].seconds = 240;
	take(&h, &r);
	r = house_at(12);
	with(&r, Q_POWER_IMPORT, 700);
	take(&h, &r);
	commit(&h);
	check_sql(
		&h,
		"SELECT import_t1_wh, power_import_w FROM electricity LIMIT 2",
		"1000830|\n1000996|700");
	check_sql(&h, "SELECT text FROM message LIMIT 1", "3132");
	check_sql(&h, "SELECT seconds FROM power_failure", "240");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_telegram_is_kept_as_sent),
		cmocka_unit_test(a_dead_channel_does_not_fill_the_card),
		cmocka_unit_test(what_varies_does_not_fill_the_card),
		cmocka_unit_test(a_commit_loses_none_of_many_that_are_true),
		cmocka_unit_test(an_outlier_that_was_accepted_is_withdrawn),
		cmocka_unit_test(a_withdrawal_is_in_the_change_list),
		cmocka_unit_test(the_heavier_side_of_a_fall_is_accepted),
		cmocka_unit_test(a_jump_is_accepted_when_the_limit_allows),
		cmocka_unit_test(
			a_meter_that_starts_dead_counts_from_its_first_value),
		cmocka_unit_test(a_new_meter_starts_with_zero),
		cmocka_unit_test(zeros_are_unproven),
		cmocka_unit_test(a_false_first_value_is_withdrawn),
		cmocka_unit_test(a_counter_rolls_over),
		cmocka_unit_test(a_clock_that_was_ahead_is_withdrawn),
		cmocka_unit_test(
			what_was_held_for_its_time_is_judged_when_it_is_right),
		cmocka_unit_test(a_late_reading_is_kept_with_all_it_shows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
