#include <string.h>

#include "base/localday.h"
#include "logger/choose_reading_time.h"
#include "tests/check.h"
#include "tests/logger/fake_clock.h"

enum { NOW = 1700000000, GAS = 0 };

static struct reading telegram(enum timestamp_kind kind, int64_t utc)
{
	struct reading r = { 0 };

	r.time.kind = kind;
	r.time.utc = utc;
	return r;
}

static void live_the_meters_clock_counts_unless_absurd(void **state)
{
	static const struct {
		const char *name;
		enum timestamp_kind kind;
		int64_t meter;
		bool synchronised;
		int64_t want;
		enum time_source source;
	} cases[] = {
		{ "in step", TIMESTAMP_UTC, NOW - 2, true, NOW - 2,
		  TIME_METER },
		{ "minutes behind", TIMESTAMP_UTC, NOW - HOUR_S + 400, true,
		  NOW - HOUR_S + 400, TIME_METER },
		{ "an hour behind", TIMESTAMP_UTC, NOW - HOUR_S, true, NOW,
		  TIME_MACHINE },
		{ "an hour ahead", TIMESTAMP_UTC, NOW + HOUR_S, true, NOW,
		  TIME_MACHINE },
		{ "reset to 2000", TIMESTAMP_UTC, 946684800, true, NOW,
		  TIME_MACHINE },
		{ "the machine does not know", TIMESTAMP_UTC, 946684800, false,
		  946684800, TIME_METER },
		{ "none", TIMESTAMP_NONE, 0, true, NOW, TIME_MACHINE },
		{ "none, nor the machine", TIMESTAMP_NONE, 0, false, NOW,
		  TIME_UNSURE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fake_clock f = { NOW, 0, cases[i].synchronised };
		struct clock clock = fake_clock(&f);
		struct reading r = telegram(cases[i].kind, cases[i].meter);
		struct timestamper s;

		timestamp_begin(&s, &clock);
		check_int(cases[i].name, timestamp_reading(&s, &r), true);
		check_int(cases[i].name, r.time.kind, TIMESTAMP_UTC);
		check_int(cases[i].name, r.time.utc, cases[i].want);
		check_int(cases[i].name, r.source, cases[i].source);
	}
}

/* A clock that was right, and kept running evenly, is still right. */
static void a_machine_that_jumps_is_not_believed(void **state)
{
	static const struct {
		const char *name;
		int64_t passed_s;	/* by the monotonic clock */
		int64_t machine, meter; /* seconds that each clock advanced */
		bool jumped, absurd;
	} cases[] = {
		{ "both go on", 10, 10, 10, false, false },
		{ "the machine jumps ahead", 10, 3 * HOUR_S, 10, true, false },
		{ "the machine jumps back", 10, -3 * HOUR_S, 10, true, false },
		{ "by a year, an hour later", HOUR_S, 366 * 86400, HOUR_S, true,
		  false },
		{ "the meter jumps ahead", 10, 10, 3 * HOUR_S, false, true },
		{ "the meter is reset", 10, 10, 946684800 - NOW, false, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fake_clock f = { NOW, 5000, true };
		struct clock clock = fake_clock(&f);
		struct reading r = telegram(TIMESTAMP_UTC, NOW);
		struct timestamper s;

		timestamp_begin(&s, &clock);
		assert_true(timestamp_reading(&s, &r));
		f.ms += cases[i].passed_s * 1000;
		f.utc += cases[i].machine;
		r = telegram(TIMESTAMP_UTC, NOW + cases[i].meter);
		r.mbus[GAS].time.kind = TIMESTAMP_UTC;
		r.mbus[GAS].time.utc = NOW - 300;
		assert_true(timestamp_reading(&s, &r));
		check_int(cases[i].name, s.jumped, cases[i].jumped);
		check_int(cases[i].name, s.absurd, cases[i].absurd);
		check_int(cases[i].name, r.time.utc,
			  cases[i].absurd ? f.utc : NOW + cases[i].meter);
		check_int(cases[i].name, s.skew,
			  cases[i].meter - cases[i].machine);
		if (cases[i].jumped)
			check_int(cases[i].name, r.mbus[GAS].time.utc,
				  NOW - 300);
	}
}

static void gas_moves_with_an_absurd_clock(void **state)
{
	static const struct {
		const char *name;
		int64_t meter, gas;
		enum timestamp_kind kind;
		int64_t want;
	} cases[] = {
		{ "in step", NOW, NOW - 300, TIMESTAMP_UTC, NOW - 300 },
		{ "a year behind", NOW - 31536000, NOW - 31536000 - 300,
		  TIMESTAMP_UTC, NOW - 300 },
		{ "the same minute, seconds later", NOW - 31536000 + 20,
		  NOW - 31536000 - 300, TIMESTAMP_UTC, NOW - 300 },
		{ "gas alone ahead", NOW, NOW + HOUR_S + 1, TIMESTAMP_NONE, 0 },
		{ "gas weeks old", NOW, NOW - 3000000, TIMESTAMP_UTC,
		  NOW - 3000000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fake_clock f = { NOW, 0, true };
		struct clock clock = fake_clock(&f);
		struct reading r = telegram(TIMESTAMP_UTC, cases[i].meter);
		struct timestamper s;

		r.mbus[GAS].time.kind = TIMESTAMP_UTC;
		r.mbus[GAS].time.utc = cases[i].gas;
		timestamp_begin(&s, &clock);
		assert_true(timestamp_reading(&s, &r));
		check_int(cases[i].name, r.mbus[GAS].time.kind, cases[i].kind);
		if (cases[i].kind == TIMESTAMP_UTC)
			check_int(cases[i].name, r.mbus[GAS].time.utc,
				  cases[i].want);
	}
}

static void of_a_file_the_telegrams_clock_alone_counts(void **state)
{
	struct reading r = telegram(TIMESTAMP_UTC, 946684800);
	struct timestamper s;

	(void)state;
	timestamp_begin(&s, NULL);
	assert_true(timestamp_reading(&s, &r));
	check_int("own", r.time.utc, 946684800);
	check_int("own", r.source, TIME_METER);
	r = telegram(TIMESTAMP_NONE, 0);
	assert_false(timestamp_reading(&s, &r));
	check_int("none", r.time.kind, TIMESTAMP_NONE);
}

static void computed_times_are_for_those_without(void **state)
{
	struct reading none = telegram(TIMESTAMP_NONE, 0);
	struct reading own = telegram(TIMESTAMP_UTC, NOW);
	struct reading more = none;
	struct timestamper s;

	(void)state;
	timestamp_begin(&s, NULL);
	timestamp_compute(&s, 1000, 10);
	assert_true(timestamp_reading(&s, &none));
	assert_true(timestamp_reading(&s, &own));
	assert_true(timestamp_reading(&s, &more));
	check_int("first", none.time.utc, 1000);
	check_int("first", none.source, TIME_COMPUTED);
	check_int("own", own.time.utc, NOW);
	check_int("own", own.source, TIME_METER);
	check_int("second", more.time.utc, 1010);
}

/* The gas time usually comes from the same clock. */
static void computed_times_are_for_a_clock_that_was_never_set(void **state)
{
	static const struct {
		const char *name;
		int64_t meter, gas;
		int64_t want, want_gas;
		enum time_source source;
	} cases[] = {
		{ "2000", 946684800, 946684500, NOW, NOW - 320, TIME_COMPUTED },
		{ "the gas meter knows", 946684800, NOW - 300, NOW, NOW - 300,
		  TIME_COMPUTED },
		{ "the last second of 2007", 1199145599, 1199145000, NOW,
		  NOW - 620, TIME_COMPUTED },
		{ "2008", 1199145600, 1199145300, 1199145600, 1199145300,
		  TIME_METER },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r = telegram(TIMESTAMP_UTC, cases[i].meter);
		struct timestamper s;

		r.mbus[GAS].time.kind = TIMESTAMP_UTC;
		r.mbus[GAS].time.utc = cases[i].gas;
		check_int(cases[i].name, timestamp_is_unset(&r.time),
			  cases[i].source == TIME_COMPUTED);
		timestamp_begin(&s, NULL);
		timestamp_compute(&s, NOW, 10);
		assert_true(timestamp_reading(&s, &r));
		check_int(cases[i].name, r.time.utc, cases[i].want);
		check_int(cases[i].name, r.source, cases[i].source);
		check_int(cases[i].name, r.mbus[GAS].time.utc,
			  cases[i].want_gas);
		check_int(cases[i].name, s.next,
			  cases[i].source == TIME_COMPUTED ? NOW + 10 : NOW);
	}
}

/* 2013-10-27 in Amsterdam: 02:00 comes at 00:00Z and again at 01:00Z. */
static void civil_gas_stamps_are_local(void **state)
{
	static const struct {
		const char *name;
		struct civil civil;
		int64_t last, want;
	} cases[] = {
		{ "summer", { 2013, 7, 1, 12, 0, 0 }, INT64_MIN, 1372672800 },
		{ "winter", { 2013, 12, 1, 12, 0, 0 }, INT64_MIN, 1385895600 },
		{ "twice, the first",
		  { 2013, 10, 27, 2, 0, 0 },
		  INT64_MIN,
		  1382832000 },
		{ "twice, sent again",
		  { 2013, 10, 27, 2, 0, 0 },
		  1382832000,
		  1382832000 },
		{ "twice, later",
		  { 2013, 10, 27, 2, 0, 0 },
		  1382832001,
		  1382835600 },
	};
	struct err e;

	(void)state;
	assert_int_equal(localday_use("Europe/Amsterdam", &e), 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r = telegram(TIMESTAMP_NONE, 0);
		struct timestamper s;

		timestamp_begin(&s, NULL);
		s.last[GAS] = cases[i].last;
		r.mbus[GAS].time.kind = TIMESTAMP_CIVIL;
		r.mbus[GAS].time.civil = cases[i].civil;
		assert_false(timestamp_reading(&s, &r));
		check_int(cases[i].name, r.mbus[GAS].time.kind, TIMESTAMP_UTC);
		check_int(cases[i].name, r.mbus[GAS].time.utc, cases[i].want);
	}
}

/* Hourly gas readings in that night, each value sent twice. */
static void the_hour_that_comes_twice_has_two_gas_readings(void **state)
{
	static const struct {
		int hour;
		int64_t value, want;
	} sent[] = {
		{ 1, 100, 1382828400 }, { 1, 100, 1382828400 },
		{ 2, 150, 1382832000 }, { 2, 150, 1382832000 },
		{ 2, 190, 1382835600 }, { 2, 190, 1382835600 },
		{ 3, 240, 1382839200 }, { 3, 240, 1382839200 },
	};
	struct timestamper s;
	struct err e;

	(void)state;
	assert_int_equal(localday_use("Europe/Amsterdam", &e), 0);
	timestamp_begin(&s, NULL);
	for (size_t i = 0; i < COUNT(sent); i++) {
		struct reading r = telegram(TIMESTAMP_NONE, 0);

		r.mbus[GAS].channel = 1;
		r.mbus[GAS].has_value = true;
		r.mbus[GAS].value = sent[i].value;
		r.mbus[GAS].time.kind = TIMESTAMP_CIVIL;
		r.mbus[GAS].time.civil =
			(struct civil){ 2013, 10, 27, sent[i].hour, 0, 0 };
		timestamp_reading(&s, &r);
		check_int("stamp", r.mbus[GAS].time.utc, sent[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(live_the_meters_clock_counts_unless_absurd),
		cmocka_unit_test(a_machine_that_jumps_is_not_believed),
		cmocka_unit_test(gas_moves_with_an_absurd_clock),
		cmocka_unit_test(of_a_file_the_telegrams_clock_alone_counts),
		cmocka_unit_test(computed_times_are_for_those_without),
		cmocka_unit_test(
			computed_times_are_for_a_clock_that_was_never_set),
		cmocka_unit_test(civil_gas_stamps_are_local),
		cmocka_unit_test(
			the_hour_that_comes_twice_has_two_gas_readings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
