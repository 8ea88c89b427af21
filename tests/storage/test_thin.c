/*
 * Old readings are thinned ([keep]), and no answer changes.
 */
#include "storage/journal/pins.h"
#include "tests/storage/db_fixture.h"

#define A "4141414141"
#define B "4242424242"

/* Winter time ends on the 29th; the last three days are kept in full. */
static int64_t start(void)
{
	return at("2026-03-27T20:00:03Z");
}

static void house(struct db_fixture *h, int64_t every_s, const char *zone)
{
	db_fixture_new_in(h, zone);
	db_fixture_close(h);
	h->options.limits = (struct judge_limits){ 55200, 55200, 10, 10, 200 };
	h->options.extra = "1-0:14.7.0";
	for (int k = 0; k < KEEP_KINDS; k++)
		h->options.keep.of[k] =
			(struct keep_rule){ 3 * 86400, every_s };
	db_fixture_open(h);
}

/* Thin everything that is due. Returns the number of rows removed. */
static int64_t thin(struct db_fixture *h)
{
	const int64_t now = at(TAKEN_AT);
	int64_t removed = 0, all = 0;
	struct err e = { 0 };

	while (journal_thins(h->journal, now, &e) > 0) {
		must(journal_thin(h->journal, now, 7, &removed, &e), &e);
		all += removed;
	}
	return all;
}

static void write_rows(const struct db_fixture *h, const char *sql, FILE *f)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *s = NULL;

	if (sqlite3_open_v2(h->path, &db, SQLITE_OPEN_READONLY, NULL) ||
	    sqlite3_prepare_v2(db, sql, -1, &s, NULL))
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	fprintf(f, "%s\n", sql);
	while (sqlite3_step(s) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(s); i++) {
			const unsigned char *v = sqlite3_column_text(s, i);

			fprintf(f, "%s|", v != NULL ? (const char *)v : "");
		}
		fputc('\n', f);
	}
	assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
	sqlite3_close(db);
}

#define HOUR_OF "(SELECT max(ts) FROM counter_from WHERE ts <= e.ts)"

/* All tables and views that must not change, and the peaks of each hour. */
static char *answers(const struct db_fixture *h, int64_t every_s)
{
	static const char *const queries[] = {
		"SELECT * FROM counter_from",
		"SELECT * FROM counter_to",
		"SELECT * FROM installation",
		"SELECT * FROM extent",
		"SELECT * FROM meters",
		"SELECT * FROM held",
		"SELECT * FROM pin",
		"SELECT * FROM change_list",
		"SELECT * FROM daily_wh",
		"SELECT * FROM monthly",
		"SELECT sum(weight) FROM electricity",
		"SELECT sum(weight) FROM mbus",
		"SELECT " HOUR_OF ", max(power_import_max_w) FROM "
		"electricity AS e GROUP BY 1",
		"SELECT ts / 86400, max(power_import_max_w), ts FROM "
		"electricity WHERE ts % 86400 > 3600 GROUP BY 1",
		"SELECT " HOUR_OF ", max(power_export_max_w) FROM "
		"electricity AS e GROUP BY 1",
		"SELECT meter, min(ts), max(ts) FROM electricity GROUP BY meter",
	};
	char *all = NULL;
	size_t size;
	FILE *f = open_memstream(&all, &size);

	assert_non_null(f);
	for (size_t i = 0; i < COUNT(queries); i++)
		write_rows(h, queries[i], f);
	if (every_s <= 900) {
		write_rows(h, "SELECT * FROM quarter", f);
		write_rows(
			h,
			"SELECT (ts - 1) / 300, max(power_import_max_w), "
			"max(power_export_max_w) FROM electricity GROUP BY 1",
			f);
	}
	assert_int_equal(fclose(f), 0);
	return all;
}

/*
 * The counters at each boundary of 5 minutes, as RRD files have them; how far
 * apart readings are at quarters of an hour.
 */
static char *steps(const struct db_fixture *h, int64_t step, int64_t n)
{
	struct history *history = db_fixture_history(h);
	char *all = NULL;
	size_t size;
	FILE *f = open_memstream(&all, &size);
	const int64_t first = start() - start() % 3600;

	assert_non_null(f);
	for (int64_t t = first; t < first + n * step; t += step)
		for (int m = 0; m < MEDIUM_OTHER; m++) {
			struct counter_point p;
			struct err e = { 0 };

			if (history_at(history, (enum medium)m, t, &p, &e) <= 0)
				continue;
			fprintf(f, "%d %lld %lld %x", m, (long long)t,
				t % 900 == 0 ? (long long)p.gap_s : 0, p.have);
			for (int s = 0; s < SERIES_COUNT; s++)
				fprintf(f, " %lld",
					(long long)(p.have >> s & 1
							    ? p.counter[s]
							    : 0));
			fputc('\n', f);
		}
	history_close(history);
	assert_int_equal(fclose(f), 0);
	return all;
}

static uint32_t chance(uint32_t *seed, uint32_t n)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % n;
}

/* What happens to a household in the hours after start(). */
struct story {
	int hours;
	int step;   /* seconds between telegrams */
	int jitter; /* most seconds that one is late */
	bool even;  /* telegrams at whole tens of seconds */
	bool gap, swap, gas_swap, lie, other, registers;
};

static bool is_silent(const struct story *s, int64_t t)
{
	const int64_t at_s = t - start();

	return s->gap && ((at_s > 20000 && at_s < 20700) ||
			  (at_s > 50000 && at_s < 62000));
}

struct shown {
	int64_t t1, t2, export, gas;
	int64_t w;
};

static struct reading telegram(const struct story *s, const struct shown *m,
			       int64_t t)
{
	const bool swapped = s->swap && t > start() + 70010;
	struct reading r = reading_of(swapped ? B : A, t, m->t1, m->t2);

	if (!s->registers || (t / 5000) % 3 > 0)
		with(&r, Q_EXPORT_T1, m->export);
	with(&r, Q_POWER_IMPORT, m->w);
	with(&r, Q_POWER_EXPORT, m->w / 7);
	with(&r, Q_VOLTAGE_L1, 230000 + m->w);
	with(&r, Q_VOLTAGE_SAGS_L1, t / 1000 % 100000);
	with_gas(&r, 1, s->gas_swap && t > start() + 81000 ? "4742" : "4741",
		 t - t % 60, m->gas);
	return r;
}

static void play(struct db_fixture *h, const struct story *s, uint32_t seed)
{
	struct shown m = { 1000, 2000, 300, 4000, 0 };
	int64_t end = start() + s->hours * INT64_C(3600);
	int n = 0;

	for (int64_t t = start(); t < end; t += s->step) {
		const int64_t late =
			s->even ? -3
			: s->jitter > 0
				? (int64_t)chance(&seed, (uint32_t)s->jitter)
				: 0;
		struct reading r;

		m.w = chance(&seed, 6000);
		m.t1 += chance(&seed, 4);
		m.t2 += chance(&seed, 2);
		m.export += chance(&seed, 2);
		m.gas += chance(&seed, 30) == 0;
		if (is_silent(s, t))
			continue;
		r = telegram(s, &m, t + late);
		if (s->lie && n % 5000 == 4999)
			r.value[Q_IMPORT_T1] += 900000;
		take(h, &r);
		if (s->other && t / 3600 % 24 == 7) {
			r = reading_of("4F", t + late, 99, 99);
			take(h, &r);
		}
		if (++n % 4000 == 0)
			commit(h);
	}
	commit(h);
}

static void same(char *before, char *after)
{
	if (strcmp(before, after) != 0) {
		size_t i = 0;

		while (before[i] == after[i])
			i++;
		i = i > 300 ? i - 300 : 0;
		fail_msg("before:\n%.600s\nafter:\n%.600s", before + i,
			 after + i);
	}
	free(before);
	free(after);
}

/* At most `most` per cent of the old rows stay, and every answer. */
static void thins(const struct story *s, int64_t every_s, const char *zone,
		  int64_t most)
{
	const int64_t old = start() + (s->hours - 72) * INT64_C(3600);
	char *before, *exact, sql[100];
	struct db_fixture h;
	int64_t was;

	house(&h, every_s, zone);
	play(&h, s, (uint32_t)s->step);
	if (s->lie)
		check_sql(&h, "SELECT count(*) > 0 FROM held", "1");
	before = answers(&h, every_s);
	exact = steps(&h, every_s, s->hours * 12);
	snprintf(sql, sizeof(sql),
		 "SELECT count(*) FROM electricity WHERE ts < %lld",
		 (long long)old);
	was = atoll(ask(&h, sql));
	assert_true(thin(&h) > 0);
	assert_in_range(atoll(ask(&h, sql)), 1, was * most / 100);
	same(before, answers(&h, every_s));
	same(exact, steps(&h, every_s, s->hours * 12));
	db_fixture_verified(&h);
	assert_int_equal(thin(&h), 0);
	db_fixture_gone(&h);
}

static void no_answer_changes(void **state)
{
	static const struct story stories[] = {
		{ .hours = 104, .step = 10, .even = true },
		{ .hours = 104, .step = 10, .jitter = 7, .gap = true },
		{ .hours = 104, .step = 10, .swap = true, .gas_swap = true },
		{ .hours = 104,
		  .step = 10,
		  .jitter = 9,
		  .lie = true,
		  .registers = true },
		{ .hours = 104,
		  .step = 60,
		  .other = true,
		  .gap = true,
		  .swap = true },
	};
	static const char *const zones[] = { "Europe/Amsterdam",
					     "Asia/Kathmandu" };

	(void)state;
	for (size_t i = 0; i < COUNT(stories); i++) {
		const bool busy = stories[i].other;

		thins(&stories[i], 300, zones[i % 2], busy ? 60 : 15);
		thins(&stories[i], 3600, zones[(i + 1) % 2], busy ? 45 : 10);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_answer_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
