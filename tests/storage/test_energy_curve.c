/* Energy at evenly spaced instants, beside interpolation.h. */
#include "storage/history/energy_curve.h"
#include "tests/storage/clocked_fixture.h"

enum { POINTS = 200 };

struct reader {
	sqlite3 *db;
	struct interpolation counters;
	struct energy_curve curve;
	struct energy_point p[POINTS];
};

static void reader_open(struct reader *r, const struct db_fixture *h)
{
	assert_int_equal(sqlite3_open(h->path, &r->db), SQLITE_OK);
	interpolation_open(&r->counters, r->db);
	energy_curve_open(&r->curve, r->db, &r->counters);
}

static void reader_close(struct reader *r)
{
	energy_curve_close(&r->curve);
	interpolation_close(&r->counters);
	sqlite3_close(r->db);
}

static void read_points(struct reader *r, const char *from, int64_t step, int n)
{
	struct err e = { 0 };

	must(energy_curve_read(&r->curve, at(from), step, n, r->p, &e), &e);
}

static void points_lie_between_readings(void **state)
{
	struct db_fixture h;
	struct reading r;
	struct reader it;

	(void)state;
	db_fixture_new(&h);
	/* 100 Wh in 100 s, then 30 in 60 s; the tariffs are added up. */
	r = reading_of("M1", at("2026-06-01T12:00:00Z"), 1000, 500);
	with(&r, Q_EXPORT_T1, 70);
	take(&h, &r);
	r = reading_of("M1", at("2026-06-01T12:01:40Z"), 1100, 500);
	with(&r, Q_EXPORT_T1, 75);
	take(&h, &r);
	r = reading_of("M1", at("2026-06-01T12:02:40Z"), 1100, 530);
	with(&r, Q_EXPORT_T1, 75);
	take(&h, &r);
	commit(&h);
	reader_open(&it, &h);
	read_points(&it, "2026-06-01T11:59:20Z", 40, 7);
	assert_false(it.p[0].known);
	assert_true(it.p[1].known);
	assert_int_equal(it.p[1].apart_s, 0);
	assert_int_equal(it.p[2].import_wh - it.p[1].import_wh, 40);
	assert_int_equal(it.p[2].export_wh - it.p[1].export_wh, 2);
	assert_int_equal(it.p[2].apart_s, 100);
	assert_int_equal(it.p[4].import_wh - it.p[1].import_wh, 110);
	assert_int_equal(it.p[4].apart_s, 60);
	assert_int_equal(it.p[5].import_wh - it.p[1].import_wh, 130);
	assert_int_equal(it.p[5].apart_s, 0);
	assert_false(it.p[6].known);
	reader_close(&it);
	db_fixture_gone(&h);
}

/* Compare with the counters of the views. */
static void check_points(struct reader *r, const char *from, int64_t step)
{
	struct energy_point *p = r->p;
	struct counter_point first, c;
	struct err e = { 0 };

	read_points(r, from, step, POINTS);
	must(interpolation_at(&r->counters, MEDIUM_ELECTRICITY, at(from),
			      &first, &e),
	     &e);
	for (int i = 0; i < POINTS; i++) {
		must(interpolation_at(&r->counters, MEDIUM_ELECTRICITY,
				      at(from) + i * step, &c, &e),
		     &e);
		assert_true(p[i].known);
		assert_int_equal(p[i].apart_s, c.gap_s);
		assert_in_range(1 + p[i].import_wh - p[0].import_wh -
					(c.counter[SERIES_IMPORT] -
					 first.counter[SERIES_IMPORT]),
				0, 2);
		assert_in_range(1 + p[i].export_wh - p[0].export_wh -
					(c.counter[SERIES_EXPORT] -
					 first.counter[SERIES_EXPORT]),
				0, 2);
	}
}

/* A meter is replaced, and half an hour later again, then all is quiet. */
static void another_meter_goes_on(void **state)
{
	static const char *const from[] = {
		"2026-06-01T12:00:00Z", "2026-06-02T11:00:00Z",
		"2026-06-02T11:59:59Z", "2026-06-02T12:00:01Z",
		"2026-06-02T12:30:00Z", "2026-06-02T12:35:00Z",
		"2026-06-03T00:00:00Z",
	};
	struct db_fixture h;
	struct clocked c = { &h, "M1", 5000000, 700, .exports = true };
	struct reader it;

	(void)state;
	db_fixture_new(&h);
	clocked_run(&c, "2026-06-01T12:00:00Z", "2026-06-02T11:55:00Z", NULL,
		    NULL);
	c.meter = "M2";
	c.import_wh = c.export_wh = 0;
	clocked_run(&c, "2026-06-02T12:00:00Z", "2026-06-02T12:30:00Z", NULL,
		    NULL);
	c.meter = "M3";
	c.import_wh = 123456;
	clocked_run(&c, "2026-06-02T12:35:00Z", "2026-06-04T12:00:00Z",
		    "2026-06-03T02:00:00Z", "2026-06-03T09:00:00Z");
	reader_open(&it, &h);
	for (size_t i = 0; i < COUNT(from); i++) {
		check_points(&it, from[i], 300);
		check_points(&it, from[i], 7);
	}
	reader_close(&it);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_lie_between_readings),
		cmocka_unit_test(another_meter_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
