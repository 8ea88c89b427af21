#include "tests/storage/db_fixture.h"

static void a_day_is_what_the_counter_went_on(void **state)
{
	struct db_fixture h;
	struct reading r;

	(void)state;
	db_fixture_new(&h);
	r = reading_of("M1", at("2026-03-27T23:00:00Z"), 1000, 2000);
	with_gas(&r, 1, "G1", at("2026-03-27T23:00:00Z"), 5000);
	take(&h, &r);
	r = reading_of("M1", at("2026-03-28T11:00:00Z"), 1500, 2000);
	take(&h, &r);
	r = reading_of("M1", at("2026-03-28T23:00:00Z"), 1500, 2750);
	with_gas(&r, 1, "G1", at("2026-03-28T22:00:00Z"), 6100);
	take(&h, &r);
	check_int("new rows", commit(&h) > 0, 1);
	check_sql(&h,
		  "SELECT day, import_kwh, import_t1_kwh, import_t2_kwh, "
		  "export_kwh, gas_m3, gap_s, gas_gap_s FROM daily",
		  "2026-03-28|1.25|0.5|0.75||1.1|0|0\n"
		  "2026-03-29|0.0|0.0|0.0|||0|");
	check_sql(&h,
		  "SELECT hour, import_wh, gas_dm3 FROM hourly_wh "
		  "WHERE hour = '2026-03-28 11:00'",
		  "2026-03-28 11:00|42|47");
	db_fixture_gone(&h);
}

/* Put readings from `from` on, `step` seconds apart, with 1 Wh per second. */
static void put_many(struct db_fixture *h, const char *from, int n, int step)
{
	for (int i = 0; i < n; i++) {
		int64_t ts = at(from) + (int64_t)i * step;
		struct reading r = reading_of("M1", ts, ts, 7);

		take(h, &r);
	}
}

#define TIMES "SELECT group_concat(ts % 1000) FROM electricity"

static void the_first_of_each_interval_is_kept(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	put_many(&h, "2026-05-01T00:00:07Z", 30, 1);
	commit(&h);
	check_sql(&h, TIMES, "607,610,620,630");
	check_sql(&h, "SELECT group_concat(weight) FROM electricity",
		  "3,10,10,7");
	db_fixture_gone(&h);
}

static void the_first_of_an_interval_wins_over_commits(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	put_many(&h, "2026-05-01T00:00:07Z", 1, 1);
	commit(&h);
	put_many(&h, "2026-05-01T00:00:09Z", 1, 1);
	check_int("same interval", commit(&h), 0);
	put_many(&h, "2026-05-01T00:00:15Z", 1, 1);
	commit(&h);
	check_sql(&h, TIMES, "607,615");
	db_fixture_gone(&h);
}

static void phases_have_an_interval_of_their_own(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	db_fixture_close(&h);
	h.options.phases_interval = 60;
	db_fixture_open(&h);
	for (int i = 0; i < 15; i++) {
		struct reading r = reading_of("M1", t + 10 * i, 100 + i, 10);

		with(&r, Q_VOLTAGE_L1, 230000 + i);
		take(&h, &r);
		if (i % 4 == 0)
			commit(&h);
	}
	commit(&h);
	check_sql(&h, "SELECT count(*) FROM electricity", "15");
	check_sql(&h, "SELECT ts % 100, voltage_l1_mv FROM phases",
		  "0|230000\n60|230006\n20|230012");
	db_fixture_gone(&h);
}

/*
 * Cron's process and the service, each with its own journal: both may store a
 * row of one interval.
 */
static void two_writers_count_nothing_double(void **state)
{
	struct db_fixture h, cron;

	(void)state;
	db_fixture_new(&h);
	cron = h;
	cron.options.interval = 300;
	db_fixture_open(&cron);
	put_many(&h, "2026-05-01T00:00:00Z", 60, 10);
	put_many(&cron, "2026-05-01T00:00:01Z", 1, 10);
	check_int("cron", commit(&cron) > 0, 1);
	commit(&h);
	put_many(&cron, "2026-05-01T00:05:01Z", 1, 10);
	commit(&cron);
	check_sql(&h,
		  "SELECT count(*) <= 62, count(DISTINCT ts / 10) "
		  "FROM electricity",
		  "1|60");
	check_sql(&h, "SELECT import_wh FROM yearly_wh", "590");
	check_sql(&h, "SELECT count(*) FROM held", "0");
	db_fixture_close(&cron);
	db_fixture_gone(&h);
}

static void putting_again_changes_nothing(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 3; i++) {
		put_many(&h, "2026-05-01T00:00:00Z", 100, 7);
		if (i == 0)
			check_int("first", commit(&h) > 0, 1);
		else
			check_int("again", commit(&h), 0);
	}
	check_sql(&h, "SELECT count(*), max(id) FROM change_list", "2|2");
	db_fixture_close(&h);
	db_fixture_open(&h);
	put_many(&h, "2026-05-01T00:00:00Z", 100, 7);
	check_int("another process", commit(&h), 0);
	db_fixture_gone(&h);
}

static void power_peaks_of_readings_not_kept_are_kept(void **state)
{
	static const int64_t import[] = { 100, 9000, 50, 200, 70, 60 };
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 6; i++) {
		struct reading r = reading_of(
			"M1", at("2026-05-01T00:00:00Z") + i * 4, i, i);

		with(&r, Q_POWER_IMPORT, import[i]);
		with(&r, Q_POWER_EXPORT, i == 4 ? 3000 : 0);
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h,
		  "SELECT ts % 100, power_import_w, power_import_max_w, "
		  "power_export_max_w FROM electricity",
		  "0|100|100|0\n12|200|9000|0\n20|60|70|3000");
	db_fixture_gone(&h);
}

/* Put a meter for eight seconds, then another for three. */
static void put_a_swap(struct db_fixture *h)
{
	for (int i = 0; i < 11; i++) {
		bool old = i < 8;
		struct reading r = reading_of(old ? "M1" : "M2",
					      at("2026-05-01T00:00:00Z") + i,
					      old ? 1000 + i : i - 8, 0);

		with(&r, Q_POWER_IMPORT, i == 5 ? 9000 : 100);
		take(h, &r);
	}
}

static void nothing_is_lost_between_the_rows_of_two_meters(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	put_a_swap(&h);
	commit(&h);
	check_sql(&h,
		  "SELECT ts % 100, import_t1_wh, power_import_max_w "
		  "FROM electricity",
		  "0|1000|100\n7|1007|9000\n8|0|100\n10|2|100");
	check_sql(&h, "SELECT import_wh FROM yearly_wh", "9");
	put_a_swap(&h);
	check_int("again", commit(&h), 0);
	db_fixture_close(&h);
	db_fixture_open(&h);
	put_a_swap(&h);
	check_int("another process", commit(&h), 0);
	db_fixture_gone(&h);
}

static struct reading with_total(int64_t ts, int64_t t1, int64_t total)
{
	struct reading r = reading_of("M1", ts, t1, 10);

	with(&r, Q_IMPORT_TOTAL, total);
	return r;
}

/* It becomes a row in which the total continues with the tariffs. */
static void a_hole_costs_no_count(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct reading r = with_total(t, 100, 200);
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	take(&h, &r);
	r = reading_of("M1", t + 10, 110, 10);
	with(&r, Q_POWER_IMPORT, 5000);
	with(&r, Q_VOLTAGE_L1, 230000);
	take(&h, &r);
	r = with_total(t + 20, 120, 230);
	with(&r, Q_POWER_IMPORT, 100);
	take(&h, &r);
	commit(&h);
	check_sql(&h, "SELECT ts % 100, power_import_max_w FROM electricity",
		  "0|\n10|5000\n20|100");
	check_sql(&h, "SELECT ts % 100, voltage_l1_mv FROM phases",
		  "10|230000");
	check_sql(&h, "SELECT import_wh, import_t1_wh FROM daily_wh", "30|20");
	db_fixture_gone(&h);
}

static void a_hole_in_the_first_of_an_interval_costs_no_count(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct reading r = with_total(t, 100, 200);
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	take(&h, &r);
	r = reading_of("M1", t + 10, 110, 10);
	take(&h, &r);
	r = with_total(t + 11, 110, 230);
	take(&h, &r);
	r = with_total(t + 20, 125, 240);
	take(&h, &r);
	commit(&h);
	check_sql(&h, "SELECT ts % 100 FROM electricity", "0\n10\n11\n20");
	check_sql(&h, "SELECT import_wh, import_t1_wh FROM daily_wh", "40|25");
	db_fixture_gone(&h);
}

static void fewer_registers_are_a_run_of_their_own(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct reading r = with_total(t, 100, 1000);
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	take(&h, &r);
	for (int i = 1; i <= 20; i++) {
		r = reading_of("M1", t + i * 300, 100 + i, 10);
		take(&h, &r);
		commit(&h);
	}
	check_sql(&h, "SELECT count(*), max(ts) - min(ts) FROM electricity",
		  "21|6000");
	check_sql(&h, "SELECT count(*) FROM installation", "2");
	/* the tariffs continue, and the total with them */
	check_sql(&h, "SELECT import_wh, import_t1_wh FROM daily_wh", "20|20");
	db_fixture_gone(&h);
}

/* A damaged line in a telegram without a CRC, not another meter. */
static void a_row_without_the_identifier_is_of_the_meter_there(void **state)
{
	int64_t t = at("2026-05-01T10:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 5; i++) {
		struct reading r = reading_of(i == 2 ? "" : "M1", t + i * 3600,
					      100 * i, 0);

		with_gas(&r, 1, i == 3 ? "" : "G1", t + i * 3600, 10 * i);
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT import_wh, gas_dm3 FROM daily_wh", "400|40");
	check_sql(&h, "SELECT count(*) FROM meter", "2");
	check_sql(&h, "SELECT count(*) FROM installation", "2");
	check_sql(&h, "SELECT count(*) FROM electricity", "5");
	db_fixture_gone(&h);
}

/* Sweden: no identifier at all. */
static void a_meter_without_identifier_is_one_meter(void **state)
{
	int64_t t = at("2026-05-01T10:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 5; i++) {
		struct reading r = reading_of("", t + i * 3600, 100 * i, 0);

		take(&h, &r);
		commit(&h);
	}
	check_sql(&h, "SELECT import_wh FROM daily_wh", "400");
	check_sql(&h,
		  "SELECT medium, identifier, channel, first_ts, last_ts "
		  "FROM meters",
		  "electricity||0|1777629600|1777644000");
	db_fixture_gone(&h);
}

static void a_register_that_appears_later_begins_there(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct reading r = reading_of("M1", t, 100, 1000);
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	take(&h, &r);
	r = reading_of("M1", t + 3600, 150, 1000);
	with(&r, Q_EXPORT_T1, 777);
	take(&h, &r);
	r = reading_of("M1", t + 7200, 160, 1000);
	with(&r, Q_EXPORT_T1, 800);
	take(&h, &r);
	commit(&h);
	check_sql(&h, "SELECT import_wh, export_wh, export_t1_wh FROM daily_wh",
		  "60|23|23");
	check_sql(&h,
		  "SELECT count(*), max(import_wh_offset), "
		  "max(export_t1_wh_offset) FROM installation",
		  "2|0|777");
	db_fixture_gone(&h);
}

/* Two tariffs, then another meter with only a total. */
static void import_goes_on_over_a_change_of_registers(void **state)
{
	int64_t t = at("2026-05-01T10:00:00Z");
	struct reading r = reading_of("M1", t, 100, 1000);
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	take(&h, &r);
	r = reading_of("M1", t + 3600, 150, 1010);
	take(&h, &r);
	r = reading_of("M2", t + 7200, 0, 0);
	r.have = 0;
	with(&r, Q_IMPORT_TOTAL, 5);
	take(&h, &r);
	r.time.utc = t + 10800;
	with(&r, Q_IMPORT_TOTAL, 35);
	take(&h, &r);
	commit(&h);
	check_sql(&h,
		  "SELECT import_wh, import_t1_wh, import_t2_wh FROM daily_wh",
		  "90|50|10");
	check_sql(&h, "SELECT hour, import_wh, import_t1_wh FROM hourly_wh",
		  "2026-05-01 12:00|60|50\n2026-05-01 13:00|0|0\n"
		  "2026-05-01 14:00|30|\n2026-05-01 15:00|0|");
	check_sql(&h, "SELECT identifier, first, last FROM meters",
		  "M1|2026-05-01T10:00:00Z|2026-05-01T11:00:00Z\n"
		  "M2|2026-05-01T12:00:00Z|2026-05-01T13:00:00Z");
	db_fixture_gone(&h);
}

static void rare_things_are_kept_when_they_change(void **state)
{
	static const struct {
		int at, failures, breaker;
		const char *message;
	} cases[] = {
		{ 0, 4, 1, "" },	{ 10, 4, 1, "" },
		{ 60, 5, 1, "414243" }, { 70, 5, 1, "414243" },
		{ 120, 5, 0, "" },	{ 130, 5, 0, "" },
	};
	int64_t t = at("2026-05-01T00:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r = reading_of("M1", t + cases[i].at, 1, 1);

		with(&r, Q_POWER_FAILURES, cases[i].failures);
		with(&r, Q_BREAKER, cases[i].breaker);
		r.message = span_of(cases[i].message);
		r.failures = 1;
		r.failure[0].end = r.time;
		r.failure[0].end.utc = t - 1000;
		r.failure[0].seconds = 240;
		take(&h, &r);
		commit(&h);
	}
	check_sql(&h, "SELECT ts % 100, power_failures FROM quality",
		  "0|4\n60|5");
	check_sql(&h, "SELECT ts % 100, breaker FROM state", "0|1\n20|0");
	check_sql(&h, "SELECT ts % 100, text FROM message", "60|414243\n20|");
	check_sql(&h, "SELECT count(*), max(seconds) FROM power_failure",
		  "1|240");
	check_sql(&h, "SELECT ts % 100, header, version FROM identity",
		  "0|/TST5\\2TEST|50");
	db_fixture_gone(&h);
}

static void an_older_row_makes_the_next_no_change(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 3; i > 0; i--) {
		struct reading r = reading_of("M1", t + i * 10, i, i);

		with(&r, Q_POWER_FAILURES, 4);
		take(&h, &r);
		commit(&h);
	}
	check_sql(&h, "SELECT ts % 100, power_failures FROM quality", "10|4");
	check_sql(&h, "SELECT ts % 100, version FROM identity", "10|50");
	db_fixture_gone(&h);
}

static void demand_is_kept_by_the_quarter(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 200; i++) {
		struct reading r = reading_of("M1", t + i * 10, i, i);

		with(&r, Q_DEMAND_AVERAGE, i);
		with(&r, Q_DEMAND_PEAK, 2589);
		r.demand_peak_time = (struct timestamp){ .kind = TIMESTAMP_UTC,
							 .utc = t - 60 };
		r.peaks = 1;
		r.peak[0].month_end = (struct timestamp){ .kind = TIMESTAMP_UTC,
							  .utc = t - 7200 };
		r.peak[0].w = 4000;
		take(&h, &r);
		if (i % 50 == 0)
			commit(&h);
	}
	commit(&h);
	check_sql(&h,
		  "SELECT quarter_ts % 10000, demand_average_w, "
		  "demand_peak_w, demand_peak_ts % 10000 FROM demand",
		  "3600|89|2589|3540\n4500|179|2589|3540\n5400|199|2589|3540");
	check_sql(&h, "SELECT peak_w, peak_ts FROM month_peak", "4000|");
	db_fixture_gone(&h);
}

static void mbus_values_by_their_own_time(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct db_fixture h;
	struct reading r;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 100; i++) {
		r = reading_of("M1", t + i * 10, i, i);
		with_gas(&r, 1, "G1", t + i * 10 / 300 * 300, 100 + i / 30);
		/* a ghost: a channel whose meter is gone */
		with_gas(&r, 2, "G0", t - 86400, 5000);
		/* not stored: without a time or a value */
		with_gas(&r, 3, "G3", 0, 1);
		r.mbus[2].time.kind = TIMESTAMP_NONE;
		with_gas(&r, 4, "G4", t, 1);
		r.mbus[3].has_value = false;
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h,
		  "SELECT identifier, (ts - 1777593600), value FROM mbus "
		  "JOIN meter ON id = meter ORDER BY 1, 2",
		  "G0|-86400|5000\nG1|0|100\nG1|300|101\nG1|600|102\n"
		  "G1|900|103");
	/*
	 * the use between the old meter's last reading and the new one's first
	 * is unknown
	 */
	check_sql(&h, "SELECT gas_dm3, gas_gap_s FROM daily_wh",
		  "0|86400\n3|86400");
	db_fixture_gone(&h);
}

/* The old meter moves to channel 2 when the new one takes channel 1. */
static void a_gas_meter_that_moves_goes_on(void **state)
{
	int64_t t = at("2026-05-01T10:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 4; i++) {
		struct reading r = reading_of("M1", t + i * 3600, i, i);

		with_gas(&r, i < 2 ? 1 : 2, "G1", t + i * 3600, 100 + 10 * i);
		if (i >= 2)
			with_gas(&r, 1, "G2", t + i * 3600, 7000 + i);
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT gas_dm3 FROM daily_wh", "31");
	check_sql(&h,
		  "SELECT identifier, channel FROM meters "
		  "WHERE medium = 'gas' ORDER BY 1",
		  "G1|2\nG2|1");
	check_sql(&h,
		  "SELECT max(value_offset), min(value_offset) "
		  "FROM installation",
		  "0|0");
	db_fixture_gone(&h);
}

/* Without a telegram time (DSMR 2.2 from a file): only gas. */
static void a_database_of_gas_alone_has_days(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct db_fixture h;
	struct reading r;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 3; i++) {
		r = reading_of("M1", t, i, i);
		r.time.kind = TIMESTAMP_NONE;
		with_gas(&r, 1, "", t + i * 86400, 100 + i * 24);
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT day, import_kwh, gap_s, gas_m3 FROM daily",
		  "2026-05-01|||0.022\n2026-05-02|||0.024\n"
		  "2026-05-03|||0.002");
	check_sql(&h, "SELECT count(*) FROM electricity", "0");
	db_fixture_gone(&h);
}

static void other_media_have_their_own_series(void **state)
{
	static const struct {
		enum medium medium;
		enum unit unit;
	} kinds[] = { { MEDIUM_WATER, UNIT_DM3 },
		      { MEDIUM_HEAT, UNIT_MJ },
		      { MEDIUM_WARM_WATER, UNIT_DM3 },
		      { MEDIUM_OTHER, UNIT_DM3 } };
	int64_t t = at("2026-05-01T00:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 2; i++) {
		struct reading r = reading_of("M1", t + i * 3600, 1, 1);

		for (int c = 0; c < 4; c++) {
			with_gas(&r, c + 1, "", t + i * 3600, 10 + i * (c + 1));
			r.mbus[c].medium = kinds[c].medium;
			r.mbus[c].unit = kinds[c].unit;
			r.mbus[c].type = c == 3 ? 31 : 7;
		}
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h,
		  "SELECT water_dm3, heat_mj, warm_water_dm3, gas_dm3, "
		  "cold_mj FROM daily_wh",
		  "1|2|3||");
	check_sql(&h, "SELECT medium, channel FROM meters ORDER BY channel",
		  "electricity|0\nwater|1\nheat|2\nwarm_water|3\ntype-031|4");
	check_sql(&h, "SELECT group_concat(medium) FROM change_list",
		  "counters,electricity,heat,water,warm_water");
	db_fixture_gone(&h);
}

static void the_change_list_stays_short(void **state)
{
	struct history *history;
	struct db_fixture h;
	struct change c;
	struct err e;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 12000; i++)
		if (i == 0 || i == 11999) {
			put_many(&h, "2026-05-01T00:00:00Z", 1, i + 10);
			put_many(&h,
				 i ? "2026-05-02T00:00:00Z"
				   : "2026-05-01T00:00:00Z",
				 1, 10);
			commit(&h);
		} else if (i == 1) {
			sqlite3 *db;

			sqlite3_open(h.path, &db);
			sqlite3_exec(db,
				     "WITH RECURSIVE n(i) AS (SELECT 3 UNION "
				     "ALL SELECT i + 1 FROM n WHERE i < 11998) "
				     "INSERT INTO change_list SELECT i, "
				     "'electricity', 1777593600 + i, "
				     "1777593600 + i, 0, NULL FROM n",
				     NULL, NULL, NULL);
			sqlite3_close(db);
		}
	check_sql(&h, "SELECT count(*) <= 11000, max(id) FROM change_list",
		  "1|12000");
	history = db_fixture_history(&h);
	check_int("all",
		  history_changes(history, MEDIUM_ELECTRICITY, 0, &c, &e), 1);
	check_int("from the first", c.min_ts, at("2026-05-01T00:00:00Z"));
	check_int("to the last", c.max_ts, at("2026-05-02T00:00:00Z"));
	check_int("id", c.id, 12000);
	check_int("none after",
		  history_changes(history, MEDIUM_ELECTRICITY, 12000, &c, &e),
		  0);
	check_int("id", c.id, 12000);
	history_close(history);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_is_what_the_counter_went_on),
		cmocka_unit_test(the_first_of_each_interval_is_kept),
		cmocka_unit_test(the_first_of_an_interval_wins_over_commits),
		cmocka_unit_test(phases_have_an_interval_of_their_own),
		cmocka_unit_test(two_writers_count_nothing_double),
		cmocka_unit_test(putting_again_changes_nothing),
		cmocka_unit_test(power_peaks_of_readings_not_kept_are_kept),
		cmocka_unit_test(
			nothing_is_lost_between_the_rows_of_two_meters),
		cmocka_unit_test(a_hole_costs_no_count),
		cmocka_unit_test(
			a_hole_in_the_first_of_an_interval_costs_no_count),
		cmocka_unit_test(fewer_registers_are_a_run_of_their_own),
		cmocka_unit_test(
			a_row_without_the_identifier_is_of_the_meter_there),
		cmocka_unit_test(a_meter_without_identifier_is_one_meter),
		cmocka_unit_test(a_register_that_appears_later_begins_there),
		cmocka_unit_test(import_goes_on_over_a_change_of_registers),
		cmocka_unit_test(rare_things_are_kept_when_they_change),
		cmocka_unit_test(an_older_row_makes_the_next_no_change),
		cmocka_unit_test(demand_is_kept_by_the_quarter),
		cmocka_unit_test(mbus_values_by_their_own_time),
		cmocka_unit_test(a_gas_meter_that_moves_goes_on),
		cmocka_unit_test(a_database_of_gas_alone_has_days),
		cmocka_unit_test(other_media_have_their_own_series),
		cmocka_unit_test(the_change_list_stays_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
