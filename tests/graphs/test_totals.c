/*
 * The numbers in the pictures equal those of the database's views, for a real
 * journal with both kinds of meters, a new meter, a gap and a clock change.
 */
#include "tests/storage/db_fixture.h"

#include "graphs/head_text.h"

static struct db_fixture db;
static struct history *history;
static int64_t from, to;

/* A random number from 0 to most - 1, the same in every run. */
static int64_t chance(uint64_t *seed, int64_t most)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (int64_t)(*seed >> 33) % most;
}

/* Meters of the other media on the bus, and a type of each (EN 13757-3). */
static const struct {
	enum medium medium;
	int type;
	enum unit unit;
	const char *id;
} others[] = {
	{ MEDIUM_WATER, 7, UNIT_DM3, "W1" },
	{ MEDIUM_WARM_WATER, 6, UNIT_DM3, "V1" },
	{ MEDIUM_HEAT, 4, UNIT_MJ, "H1" },
};

static void with_others(struct reading *r, int64_t ts, int64_t value)
{
	for (size_t i = 0; i < COUNT(others); i++) {
		with_gas(r, (int)i + 2, others[i].id, ts, value * ((int)i + 2));
		r->mbus[i + 1].type = others[i].type;
		r->mbus[i + 1].medium = others[i].medium;
		r->mbus[i + 1].unit = others[i].unit;
	}
}

/*
 * Fill four weeks around the 25-hour day, with a reading every 5 minutes and
 * some seconds.
 */
static int fill(void **state)
{
	int64_t t1 = 1000000, t2 = 2000000, out = 500000, gas = 300000;
	uint64_t seed = 7;

	(void)state;
	db_fixture_new(&db);
	from = at("2026-10-11T10:03:20Z");
	to = at("2026-11-08T20:00:00Z");
	for (int64_t t = from; t < to; t += 300) {
		const char *id = t < at("2026-10-20T11:00:00Z") ? "4530" : "99";
		struct reading r;

		if (t > at("2026-10-28T09:00:00Z") &&
		    t < at("2026-10-30T15:00:00Z"))
			continue;
		if (strcmp(id, "99") == 0 && t1 > 1000000)
			t1 = t2 = out = 0;
		t1 += chance(&seed, 40);
		t2 += chance(&seed, 60);
		out += chance(&seed, 30);
		gas += chance(&seed, 20);
		r = reading_of(id, t + chance(&seed, 20), t1, t2);
		with(&r, Q_EXPORT_T1, out);
		with(&r, Q_POWER_IMPORT, chance(&seed, 3000));
		with_gas(&r, 1, "4730", t / HOUR_S * HOUR_S, gas / 10);
		with_others(&r, t / HOUR_S * HOUR_S, gas / 10);
		take(&db, &r);
	}
	commit(&db);
	db_fixture_close(&db);
	history = db_fixture_history(&db);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	history_close(history);
	db_fixture_gone(&db);
	return 0;
}

static struct range range_of(enum range_kind kind, const char *date)
{
	struct range r = { .kind = kind };
	struct err e = { 0 };

	must(range_parse(kind, date, to, &r, &e), &e);
	return r;
}

static int64_t whole(const char *text)
{
	return strtoll(text, NULL, 10);
}

static void totals_are_those_of_the_views(void **state)
{
	static const struct {
		enum range_kind kind;
		const char *date, *view, *where;
	} cases[] = {
		{ RANGE_DAY, "2026-10-14", "daily", "day = '2026-10-14'" },
		{ RANGE_DAY, "2026-10-11", "daily", "day = '2026-10-11'" },
		{ RANGE_DAY, "2026-10-20", "daily", "day = '2026-10-20'" },
		{ RANGE_DAY, "2026-10-25", "daily", "day = '2026-10-25'" },
		{ RANGE_DAY, "2026-10-28", "daily", "day = '2026-10-28'" },
		{ RANGE_DAY, "2026-10-29", "daily", "day = '2026-10-29'" },
		{ RANGE_WEEK, "2026-10-14", "daily",
		  "day BETWEEN '2026-10-12' AND '2026-10-18'" },
		{ RANGE_WEEK, "2026-10-25", "daily",
		  "day BETWEEN '2026-10-19' AND '2026-10-25'" },
		{ RANGE_WEEK, "2026-10-26", "daily",
		  "day BETWEEN '2026-10-26' AND '2026-11-01'" },
		{ RANGE_MONTH, "2026-10", "monthly", "month = '2026-10'" },
		{ RANGE_MONTH, "2026-11", "monthly", "month = '2026-11'" },
		{ RANGE_YEAR, "2026", "yearly", "year = '2026'" },
	};
	static const struct {
		int subject;
		enum series series;
		const char *column;
	} columns[] = {
		{ 0, SERIES_IMPORT, "import_wh" },
		{ 0, SERIES_IMPORT_T1, "import_t1_wh" },
		{ 0, SERIES_IMPORT_T2, "import_t2_wh" },
		{ 0, SERIES_EXPORT, "export_wh" },
		{ 1, SERIES_GAS, "gas_dm3" },
		{ 2, SERIES_WATER, "water_dm3" },
		{ 3, SERIES_WARM_WATER, "warm_water_dm3" },
		{ 4, SERIES_HEAT, "heat_mj" },
	};
	char sql[200];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		for (size_t k = 0; k < COUNT(columns); k++) {
			struct range r = range_of(cases[i].kind, cases[i].date);
			const struct chart *c = chart_find(
				&subjects[columns[k].subject], cases[i].kind);
			struct err e = { 0 };
			struct bar total;

			must(bar_values_total(history, c, &r, &total, &e), &e);
			snprintf(sql, sizeof(sql),
				 "SELECT sum(%s) FROM %s_wh WHERE %s",
				 columns[k].column, cases[i].view,
				 cases[i].where);
			check_int(sql,
				  bar_values_amount(&total, columns[k].series),
				  whole(ask(&db, sql)));
		}
}

static void bars_add_up_to_the_total(void **state)
{
	static const enum series list[] = { SERIES_IMPORT, SERIES_EXPORT,
					    SERIES_GAS };
	static struct bars bars;

	(void)state;
	for (size_t i = 0; i < chart_count; i++) {
		const struct chart *c = &charts[i];
		struct range r = range_of(c->range, "2026-10-28");
		struct err e = { 0 };
		struct bar total;

		if (c->shape != CHART_BARS ||
		    bar_values_total(history, c, &r, &total, &e) == 0)
			continue;
		must(bar_values_load_gaps(history, c, &r, &bars, &e), &e);
		for (size_t s = 0; s < COUNT(list); s++) {
			int64_t sum = 0;

			if (series[list[s]].medium != c->subject->medium)
				continue;
			for (size_t b = 0; b < bars.n; b++)
				sum += bar_values_amount(&bars.bar[b], list[s]);
			check_int(c->file, sum,
				  bar_values_amount(&total, list[s]));
			assert_true(sum > 0);
		}
	}
}

static void a_curve_adds_up_to_the_total(void **state)
{
	static const struct {
		enum range_kind kind;
		const char *date;
		int steps;
	} cases[] = {
		{ RANGE_DAY, "2026-10-14", 288 },
		{ RANGE_DAY, "2026-10-20", 288 },
		{ RANGE_DAY, "2026-10-25", 300 },
		{ RANGE_WEEK, "2026-10-25", 676 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct chart *c = chart_find(&subjects[0], cases[i].kind);
		struct range r = range_of(cases[i].kind, cases[i].date);
		int64_t in = 0, out = 0;
		static struct curve curve;
		struct err e = { 0 };
		struct bar total;

		must(bar_values_total(history, c, &r, &total, &e), &e);
		must(curve_values_load(history, c, &r, to, &curve, &e), &e);
		check_int(cases[i].date,
			  curve_values_count(&curve, SAMPLE_KNOWN),
			  cases[i].steps);
		for (size_t s = 0; s < curve.n; s++) {
			in += curve.sample[s].import_wh;
			out += curve.sample[s].export_wh;
		}
		check_int(cases[i].date, in,
			  bar_values_amount(&total, SERIES_IMPORT));
		check_int(cases[i].date, out,
			  bar_values_amount(&total, SERIES_EXPORT));
		assert_in_range(curve.peak_w, 2900, 2999);
		assert_in_range(curve.peak_at, r.start, r.end);
	}
}

static struct figures *figures_of(int subject, enum range_kind kind,
				  const char *date)
{
	static struct figures f;
	static struct range r;
	static const struct amounts no_prices;
	struct err e = { 0 };

	r = range_of(kind, date);
	memset(&f, 0, sizeof(f));
	f.q = (struct figures_question){ chart_find(&subjects[subject], kind),
					 &r,
					 picture_words_find("en"),
					 &no_prices,
					 "EUR",
					 to };
	must(figures_load(&f, history, &e), &e);
	return &f;
}

/* A sum of a view, with as many decimals as a chart shows of it. */
static const char *sum_in_words(const char *column, bool litres,
				const char *view, const char *where)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
		 "SELECT iif(%d, printf('%%.0f L', 1000 * s), printf('%%.*f', "
		 "iif(s < 10, 2, iif(s < 1000, 1, 0)), s)) "
		 "FROM (SELECT sum(%s) AS s FROM %s WHERE %s)",
		 litres, column, view, where);
	return ask(&db, sql);
}

static void the_words_are_the_numbers(void **state)
{
	static const struct {
		const char *view, *where;
		enum range_kind kind;
		const char *date;
	} cases[] = {
		{ "daily", "day = '2026-10-25'", RANGE_DAY, "2026-10-25" },
		{ "daily", "day BETWEEN '2026-10-19' AND '2026-10-25'",
		  RANGE_WEEK, "2026-10-25" },
		{ "monthly", "month = '2026-10'", RANGE_MONTH, "2026-10" },
		{ "yearly", "year = '2026'", RANGE_YEAR, "2026" },
	};
	static const struct {
		int subject;
		size_t piece; /* of the head's sums */
		const char *column;
		bool litres; /* of a day */
	} columns[] = {
		{ 0, 0, "import_kwh", false },	 { 0, 3, "export_kwh", false },
		{ 1, 0, "gas_m3", false },	 { 2, 0, "water_m3", true },
		{ 3, 0, "warm_water_m3", true }, { 4, 0, "heat_gj", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases) * COUNT(columns); i++) {
		size_t k = i % COUNT(columns), n = i / COUNT(columns);
		struct figures *f = figures_of(columns[k].subject,
					       cases[n].kind, cases[n].date);
		struct head h = { 0 };
		const char *number, *text;

		head_text(&h, f);
		number = sum_in_words(columns[k].column,
				      columns[k].litres &&
					      cases[n].kind == RANGE_DAY,
				      cases[n].view, cases[n].where);
		text = h.sums.piece[columns[k].piece].text;
		if (strncmp(text, number, strcspn(number, " ")) != 0 ||
		    (strchr(number, 'L') == NULL) !=
			    (strchr(text, 'L') == NULL))
			fail_msg("%s of %s: %s, not %s", columns[k].column,
				 cases[n].where, text, number);
	}
}

static void a_day_that_begins_or_ends_in_a_gap_is_not_compared(void **state)
{
	static const struct {
		const char *date;
		bool compared;
	} cases[] = {
		{ "2026-10-27", true },	 { "2026-10-28", false },
		{ "2026-10-29", false }, { "2026-10-30", false },
		{ "2026-10-31", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases) * 2; i++) {
		const char *date = cases[i / 2].date;

		check_int(date,
			  figures_of(i % 2, RANGE_DAY, date)->compared.sums,
			  cases[i / 2].compared);
	}
}

static void only_what_lies_in_the_gap_is_guessed(void **state)
{
	static struct bars bars;
	struct range r = range_of(RANGE_MONTH, "2026-10");
	struct err e = { 0 };

	(void)state;
	for (int s = 0; s < 2; s++) {
		const struct chart *c = chart_find(&subjects[s], RANGE_MONTH);

		must(bar_values_load_gaps(history, c, &r, &bars, &e), &e);
		check_int(c->file, bars.n, 21);
		for (size_t i = 0; i < bars.n; i++) {
			struct civil day =
				localday_civil(bars.bar[i].consumed.start);

			check_int(c->file, bars.bar[i].guessed,
				  day.day >= 28 && day.day <= 30);
		}
	}
}

static void a_meter_that_is_seldom_read_has_no_gaps_for_it(void **state)
{
	static struct bars bars;
	struct range r = range_of(RANGE_MONTH, "2026-10");
	const struct chart *c = chart_find(&subjects[0], RANGE_MONTH);
	struct history *h;
	struct db_fixture seldom;
	struct err e = { 0 };

	(void)state;
	db_fixture_new(&seldom);
	for (int64_t t = from; t < to; t += DAY_S) {
		struct reading reading = reading_of("4530", t, t / 100, 0);

		if (t / DAY_S % 30 != 25)
			take(&seldom, &reading);
	}
	commit(&seldom);
	db_fixture_close(&seldom);
	h = db_fixture_history(&seldom);
	must(bar_values_load_gaps(h, c, &r, &bars, &e), &e);
	check_int("days", bars.n, 21);
	for (size_t i = 6; i < bars.n; i++)
		check_int("guessed", bars.bar[i].guessed, false);
	history_close(h);
	db_fixture_gone(&seldom);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(totals_are_those_of_the_views),
		cmocka_unit_test(bars_add_up_to_the_total),
		cmocka_unit_test(a_curve_adds_up_to_the_total),
		cmocka_unit_test(the_words_are_the_numbers),
		cmocka_unit_test(
			a_day_that_begins_or_ends_in_a_gap_is_not_compared),
		cmocka_unit_test(only_what_lies_in_the_gap_is_guessed),
		cmocka_unit_test(
			a_meter_that_is_seldom_read_has_no_gaps_for_it),
	};

	return cmocka_run_group_tests_name("totals", tests, fill, tear_down);
}
