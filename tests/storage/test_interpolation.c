/* Counters between two readings. */
#include "storage/history/interpolation.h"
#include "storage/history/interpolation_share.h"
#include "tests/storage/db_fixture.h"

/* `added` from the second 100 to `to`; `share` of it up to t. */
static const struct {
	const char *name;
	int64_t added, t, to, share;
} shares[] = {
	{ "the start", 100, 100, 200, 0 },
	{ "the end", 100, 200, 200, 100 },
	{ "between", 100, 140, 200, 40 },
	{ "rounded down", 10, 101, 103, 3 },
	{ "and the rest", 10, 102, 103, 6 },
	{ "nothing was counted", 0, 150, 200, 0 },
	{ "no time between", 7, 100, 100, 0 },
	{ "more than seconds", 1000000, 101, 103, 333333 },
	{ "a fall, rounded towards the start", -10, 101, 103, -3 },
	{ "30 years and a product beyond 64 bits", INT64_C(1000000000000007),
	  INT64_C(1000000099), INT64_C(1000000100), INT64_C(999999999000006) },
};

static void a_share_is_proportional_to_time(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(shares); i++)
		check_int(shares[i].name,
			  interpolation_share(shares[i].added, shares[i].t, 100,
					      shares[i].to),
			  shares[i].share);
}

/*
 * 100 Wh in 100 s, a new meter a minute later, and 10 Wh in the 10 s after it;
 * gas of the first and the last second.
 */
static void put_readings(struct db_fixture *h)
{
	struct reading r;

	r = reading_of("M1", at("2026-06-01T12:00:00Z"), 1000, 0);
	with_gas(&r, 1, "G1", at("2026-06-01T12:00:00Z"), 500);
	take(h, &r);
	r = reading_of("M1", at("2026-06-01T12:01:40Z"), 1100, 0);
	take(h, &r);
	r = reading_of("M2", at("2026-06-01T12:02:40Z"), 7, 0);
	take(h, &r);
	r = reading_of("M2", at("2026-06-01T12:02:50Z"), 10, 7);
	with_gas(&r, 1, "G1", at("2026-06-01T12:02:50Z"), 517);
	take(h, &r);
	commit(h);
}

/* Consumed since the first reading. */
static const struct {
	const char *name, *at;
	enum medium medium;
	enum series series;
	int64_t consumed, gap_s;
} instants[] = {
	{ "a reading", "2026-06-01T12:01:40Z", MEDIUM_ELECTRICITY,
	  SERIES_IMPORT, 100, 0 },
	{ "between two", "2026-06-01T12:00:41Z", MEDIUM_ELECTRICITY,
	  SERIES_IMPORT, 41, 100 },
	{ "before the first", "2026-06-01T11:00:00Z", MEDIUM_ELECTRICITY,
	  SERIES_IMPORT, 0, 0 },
	{ "between two meters", "2026-06-01T12:02:10Z", MEDIUM_ELECTRICITY,
	  SERIES_IMPORT, 100, 60 },
	{ "tariffs are rounded, then added", "2026-06-01T12:02:43Z",
	  MEDIUM_ELECTRICITY, SERIES_IMPORT, 102, 10 },
	{ "one tariff of it", "2026-06-01T12:02:49Z", MEDIUM_ELECTRICITY,
	  SERIES_IMPORT_T2, 6, 10 },
	{ "after the last", "2026-06-01T18:00:00Z", MEDIUM_ELECTRICITY,
	  SERIES_IMPORT, 110, 0 },
	{ "gas", "2026-06-01T12:01:25Z", MEDIUM_GAS, SERIES_GAS, 8, 170 },
};

static void counters_move_evenly_between_readings(void **state)
{
	struct interpolation c;
	struct db_fixture h;
	struct err e = { 0 };
	sqlite3 *db = NULL;

	(void)state;
	db_fixture_new(&h);
	put_readings(&h);
	assert_int_equal(sqlite3_open(h.path, &db), SQLITE_OK);
	interpolation_open(&c, db);
	for (size_t i = 0; i < COUNT(instants); i++) {
		struct counter_point first, is;

		must(interpolation_at(&c, instants[i].medium,
				      at("2026-06-01T12:00:00Z"), &first, &e),
		     &e);
		must(interpolation_at(&c, instants[i].medium,
				      at(instants[i].at), &is, &e),
		     &e);
		check_int(instants[i].name,
			  is.counter[instants[i].series] -
				  first.counter[instants[i].series],
			  instants[i].consumed);
		check_int(instants[i].name, is.gap_s, instants[i].gap_s);
	}
	interpolation_close(&c);
	sqlite3_close(db);
	db_fixture_gone(&h);
}

/* What neighbouring seconds consumed is the whole, although each is rounded. */
static void parts_add_up(void **state)
{
	int64_t from = at("2026-06-01T12:02:40Z"), sum = 0;
	int64_t amount[SERIES_COUNT];
	struct interpolation c;
	struct db_fixture h;
	struct err e = { 0 };
	sqlite3 *db = NULL;
	uint32_t have;

	(void)state;
	db_fixture_new(&h);
	put_readings(&h);
	assert_int_equal(sqlite3_open(h.path, &db), SQLITE_OK);
	interpolation_open(&c, db);
	for (int64_t t = from; t < from + 10; t += 3) {
		must(interpolation_between(&c, MEDIUM_ELECTRICITY, t, t + 3,
					   &have, amount, &e),
		     &e);
		assert_true(have >> SERIES_IMPORT_T2 & 1);
		sum += amount[SERIES_IMPORT_T2];
	}
	assert_int_equal(sum, 7);
	must(interpolation_at(&c, MEDIUM_HEAT, from,
			      &(struct counter_point){ 0 }, &e),
	     &e);
	interpolation_close(&c);
	sqlite3_close(db);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_share_is_proportional_to_time),
		cmocka_unit_test(counters_move_evenly_between_readings),
		cmocka_unit_test(parts_add_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
