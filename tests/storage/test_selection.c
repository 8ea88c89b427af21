/* What was consumed between any two instants. */
#include "storage/history/selection.h"
#include "storage/history/standing_charge_days.h"
#include "tests/storage/clocked_fixture.h"

struct list {
	char text[1024];
	size_t n;
};

/* "electricity 2026-06-01T10:00 3600 252 0" */
static void note(void *ctx, const struct selection_sum *s)
{
	struct list *l = ctx;
	char from[UTC_TEXT];
	bool gas = s->medium == MEDIUM_GAS;

	l->n += (size_t)snprintf(
		l->text + l->n, sizeof(l->text) - l->n, "%s %.16s %lld %lld\n",
		medium_name(s->medium), utc_format(from, s->from),
		(long long)(s->to - s->from),
		(long long)s->amount[gas ? SERIES_GAS : SERIES_IMPORT]);
}

static void check(const struct db_fixture *h, const char *from, const char *to,
		  const char *want, int days)
{
	struct interpolation counters;
	struct list l = { .n = 0 };
	struct err e = { 0 };
	sqlite3 *db = NULL;
	int64_t n = 0;

	assert_int_equal(sqlite3_open(h->path, &db), SQLITE_OK);
	interpolation_open(&counters, db);
	must(selection_add_up(db, &counters, at(from), at(to), note, &l, &e),
	     &e);
	must(standing_charge_days_whole(db, at(from), at(to),
					at("2026-11-21T12:00:00Z"), &n, &e),
	     &e);
	interpolation_close(&counters);
	sqlite3_close(db);
	check_text(from, l.text, want);
	check_int(from, n, days);
}

static void any_two_instants(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", 900000, .gas = true };

	(void)state;
	db_fixture_new(&h);
	check(&h, "2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", "", 0);
	clocked_run(&c, "2026-06-01T10:00:00Z", "2026-06-04T11:30:00Z", NULL,
		    NULL);
	/* The clock's hour 12, and half of it. */
	check(&h, "2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z",
	      "electricity 2026-06-01T10:00 3600 264\n"
	      "gas 2026-06-01T10:00 3600 100\n",
	      0);
	check(&h, "2026-06-01T10:30:00Z", "2026-06-01T10:32:30Z",
	      "electricity 2026-06-01T10:30 150 11\n"
	      "gas 2026-06-01T10:30 150 4\n",
	      0);
	/* What is known of it, and whole days. */
	check(&h, "2026-05-31T22:00:00Z", "2026-06-02T22:00:00Z",
	      "electricity 2026-06-01T10:00 129600 10152\n"
	      "gas 2026-06-01T10:00 129600 3600\n",
	      2);
	check(&h, "2026-06-04T11:00:00Z", "2026-06-05T22:00:00Z",
	      "electricity 2026-06-04T11:00 1800 138\n", 1);
	check(&h, "2026-06-01T10:00:00Z", "2026-06-02T21:59:59Z",
	      "electricity 2026-06-01T10:00 129599 10151\n"
	      "gas 2026-06-01T10:00 129599 3599\n",
	      0);
	check(&h, "2026-06-01T12:00:00Z", "2026-06-01T12:00:00Z", "", 0);
	check(&h, "2025-06-01T12:00:00Z", "2025-07-01T12:00:00Z", "", 0);
	check(&h, "2026-07-01T12:00:00Z", "2026-08-01T12:00:00Z", "", 30);
	db_fixture_gone(&h);
}

/* From 01:00 to 04:00 on the clock: two hours, and four. */
static void clock_changes(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", .exports = false };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", NULL,
		    NULL);
	check(&h, "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z",
	      "electricity 2026-03-29T00:00 7200 288\n", 0);
	check(&h, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z",
	      "electricity 2026-03-28T23:00 82800 6048\n", 1);
	clocked_run(&c, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", NULL,
		    NULL);
	check(&h, "2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z",
	      "electricity 2026-10-24T23:00 14400 576\n", 0);
	check(&h, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z",
	      "electricity 2026-10-24T22:00 90000 6336\n", 1);
	db_fixture_gone(&h);
}

/* Over a new meter; its first reading is 5 minutes after the last one. */
static void another_meter_goes_on(void **state)
{
	struct db_fixture h;
	struct clocked c = { &h, "M1", 900000, .gas = false };

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-01T10:00:00Z", "2026-06-01T10:30:00Z", NULL,
		    NULL);
	c.meter = "M2";
	c.import_wh = 77;
	clocked_run(&c, "2026-06-01T10:35:00Z", "2026-06-01T11:00:00Z", NULL,
		    NULL);
	check(&h, "2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z",
	      "electricity 2026-06-01T10:00 3600 242\n", 0);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_two_instants),
		cmocka_unit_test(clock_changes),
		cmocka_unit_test(another_meter_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
