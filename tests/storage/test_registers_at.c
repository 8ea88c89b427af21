/* What meters showed at an instant. */
#include "storage/history/registers_at.h"
#include "tests/storage/clocked_fixture.h"

struct list {
	char text[4096];
	size_t n;
	int64_t at;
};

/* "electricity M1 1.8.1 import_t1 1234 kWh = before..after" */
static void note(void *ctx, const struct meter_reading *r)
{
	struct list *l = ctx;
	char after[64] = "";

	if (r->has_after)
		snprintf(after, sizeof(after), "..%lld", (long long)r->after);
	l->n += (size_t)snprintf(l->text + l->n, sizeof(l->text) - l->n,
				 "%.*s %.*s/%d %.*s %s %lld %s%s%lld%s\n",
				 SPAN_ARG(r->medium), SPAN_ARG(r->identifier),
				 r->channel, SPAN_ARG(r->obis), r->reg,
				 (long long)r->value, units[r->unit].json,
				 r->before_ts == l->at ? " = " : " ~ ",
				 (long long)r->before, after);
}

static void check(const struct db_fixture *h, const char *when,
		  const char *want)
{
	struct list l = { .at = at(when) };
	struct err e = { 0 };
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(h->path, &db), SQLITE_OK);
	must(registers_at(db, l.at, note, &l, &e), &e);
	sqlite3_close(db);
	check_text(when, l.text, want);
}

static void between_two_readings(void **state)
{
	struct db_fixture h;
	struct reading r;

	(void)state;
	db_fixture_new(&h);
	r = reading_of("M1", at("2026-06-01T12:00:00Z"), 4000, 5000);
	with_gas(&r, 1, "G1", at("2026-06-01T12:00:00Z"), 777);
	take(&h, &r);
	r = reading_of("M1", at("2026-06-01T12:01:00Z"), 4100, 5000);
	with(&r, Q_EXPORT_T1, 50);
	with_gas(&r, 1, "G1", at("2026-06-01T13:00:00Z"), 877);
	take(&h, &r);
	commit(&h);
	check(&h, "2026-06-01T11:59:59Z", "");
	check(&h, "2026-06-01T12:00:00Z",
	      "electricity M1/0 1.8.1 import_t1 4000 kWh = 4000\n"
	      "electricity M1/0 1.8.2 import_t2 5000 kWh = 5000\n"
	      "gas G1/1 24.2.1 value 777 m3 = 777\n");
	/* 100 * 50 / 60, rounded down. */
	check(&h, "2026-06-01T12:00:50Z",
	      "electricity M1/0 1.8.1 import_t1 4083 kWh ~ 4000..4100\n"
	      "electricity M1/0 1.8.2 import_t2 5000 kWh ~ 5000..5000\n"
	      "gas G1/1 24.2.1 value 778 m3 ~ 777..877\n");
	check(&h, "2026-06-02T12:00:00Z",
	      "electricity M1/0 1.8.1 import_t1 4100 kWh ~ 4100\n"
	      "electricity M1/0 1.8.2 import_t2 5000 kWh ~ 5000\n"
	      "electricity M1/0 2.8.1 export_t1 50 kWh ~ 50\n"
	      "gas G1/1 24.2.1 value 877 m3 ~ 877\n");
	db_fixture_gone(&h);
}

/* The meter that was there, with its own numbers. */
static void meters_are_replaced(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", 5000000, 0, 900000, .gas = true };
	struct reading r;

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-02-01T00:00:00Z", "2026-02-01T10:00:00Z", NULL,
		    NULL);
	r = reading_of("M2", at("2026-02-01T10:10:00Z"), 17, 0);
	with_gas(&r, 1, "G2", at("2026-02-01T12:00:00Z"), 3);
	take(&h, &r);
	r = reading_of("M2", at("2026-02-01T10:20:00Z"), 37, 0);
	take(&h, &r);
	commit(&h);
	/* 9 of the clock's hours 1 to 9, and 10: 12 * (10 + h) each. */
	check(&h, "2026-02-01T09:57:30Z",
	      "electricity M1/0 1.8.1 import_t1 5001850 kWh ~ 5001840..5001860\n"
	      "electricity M1/0 1.8.2 import_t2 0 kWh ~ 0..0\n"
	      "gas G1/1 24.2.1 value 900995 m3 ~ 900900..901000\n");
	check(&h, "2026-02-01T10:09:59Z",
	      "electricity M1/0 1.8.1 import_t1 5001860 kWh ~ 5001860\n"
	      "electricity M1/0 1.8.2 import_t2 0 kWh ~ 0\n"
	      "gas G1/1 24.2.1 value 901000 m3 ~ 901000\n");
	check(&h, "2026-02-01T10:15:00Z",
	      "electricity M2/0 1.8.1 import_t1 27 kWh ~ 17..37\n"
	      "electricity M2/0 1.8.2 import_t2 0 kWh ~ 0..0\n"
	      "gas G1/1 24.2.1 value 901000 m3 ~ 901000\n");
	check(&h, "2026-02-01T12:00:00Z",
	      "electricity M2/0 1.8.1 import_t1 37 kWh ~ 37\n"
	      "electricity M2/0 1.8.2 import_t2 0 kWh ~ 0\n"
	      "gas G2/1 24.2.1 value 3 m3 = 3\n");
	db_fixture_gone(&h);
}

/* A counter that starts again at zero, and a seven-hour gap. */
static void a_counter_rolls_over(void **state)
{
	struct db_fixture h;
	struct reading r;

	(void)state;
	db_fixture_new(&h);
	r = reading_of("M1", at("2026-06-01T05:00:00Z"), 999999100, 0);
	take(&h, &r);
	r = reading_of("M1", at("2026-06-01T12:00:00Z"), 999999800, 0);
	take(&h, &r);
	r = reading_of("M1", at("2026-06-01T13:00:00Z"), 300, 0);
	take(&h, &r);
	commit(&h);
	check(&h, "2026-06-01T08:00:00Z",
	      "electricity M1/0 1.8.1 import_t1 999999400 kWh ~ "
	      "999999100..999999800\n"
	      "electricity M1/0 1.8.2 import_t2 0 kWh ~ 0..0\n");
	check(&h, "2026-06-01T12:30:00Z",
	      "electricity M1/0 1.8.1 import_t1 999999800 kWh ~ 999999800\n"
	      "electricity M1/0 1.8.2 import_t2 0 kWh ~ 0..0\n");
	check(&h, "2026-06-01T13:30:00Z",
	      "electricity M1/0 1.8.1 import_t1 300 kWh ~ 300\n"
	      "electricity M1/0 1.8.2 import_t2 0 kWh ~ 0\n");
	db_fixture_gone(&h);
}

/* The repeated hour is two different hours. */
static void the_clock_goes_back(void **state)
{
	struct db_fixture h;
	struct clocked c = { .h = &h, .meter = "M1" };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-10-24T22:00:00Z", "2026-10-25T03:00:00Z", NULL,
		    NULL);
	check(&h, "2026-10-25T00:00:00Z",
	      "electricity M1/0 1.8.1 import_t1 252 kWh = 252\n"
	      "electricity M1/0 1.8.2 import_t2 0 kWh = 0\n");
	check(&h, "2026-10-25T01:00:00Z",
	      "electricity M1/0 1.8.1 import_t1 396 kWh = 396\n"
	      "electricity M1/0 1.8.2 import_t2 0 kWh = 0\n");
	check(&h, "2026-10-25T01:01:00Z",
	      "electricity M1/0 1.8.1 import_t1 398 kWh ~ 396..408\n"
	      "electricity M1/0 1.8.2 import_t2 0 kWh ~ 0..0\n");
	db_fixture_gone(&h);
}

/* Counters that a person entered for a meter that is gone may be a few only. */
static void a_row_may_lack_a_register(void **state)
{
	struct db_fixture h;
	struct reading r;

	(void)state;
	db_fixture_new(&h);
	r = reading_of("M1", at("2026-06-01T12:00:00Z"), 4000, 5000);
	take(&h, &r);
	r = reading_of("M1", at("2026-06-01T13:00:00Z"), 4500, 0);
	r.have &= ~(UINT64_C(1) << Q_IMPORT_T2);
	take(&h, &r);
	r = reading_of("M1", at("2026-06-01T14:00:00Z"), 4700, 6000);
	take(&h, &r);
	commit(&h);
	check(&h, "2026-06-01T13:30:00Z",
	      "electricity M1/0 1.8.1 import_t1 4600 kWh ~ 4500..4700\n"
	      "electricity M1/0 1.8.2 import_t2 5750 kWh ~ 5000..6000\n");
	db_fixture_gone(&h);
}

static void an_empty_database_has_none(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	check(&h, "2026-06-01T12:30:00Z", "");
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(between_two_readings),
		cmocka_unit_test(meters_are_replaced),
		cmocka_unit_test(a_counter_rolls_over),
		cmocka_unit_test(the_clock_goes_back),
		cmocka_unit_test(a_row_may_lack_a_register),
		cmocka_unit_test(an_empty_database_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
