/*
 * Streams with false readings in them, and the same without, must end in the
 * same consumption.
 */
#include "tests/storage/db_fixture.h"

enum { STEP = 300 };

#define BEGIN "2026-05-01T00:00:00Z"

/* The i-th reading of a household that uses 1 kW and 0.5 m3 an hour. */
static struct reading house_at(int i)
{
	int64_t ts = at(BEGIN) + (int64_t)i * STEP;
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

#define TOTALS                                                                 \
	"SELECT hour, import_wh, gas_dm3 FROM hourly_wh "                      \
	"UNION ALL SELECT day, import_wh, gas_dm3 FROM daily_wh"
#define HELD                                                                   \
	"SELECT reason, register, value, count(*) FROM quarantine "            \
	"GROUP BY 1, 2, 3"

/* Change the i-th reading of house_at. */
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
	{ "gas 0.000 for an hour", gas_is_dead, "back|value|0|12" },
	{ "+1800 m3 and back", gas_jumps, NULL },
	{ "import jumps", import_jumps, "fast|import_t2|3000000|1" },
	{ "import falls", import_falls, "back|import_t1|1002390|1" },
	{ "a clock of 2000", clock_is_reset,
	  "time|import_t1|1002490|1\ntime|value|1622845|1" },
	{ "a clock of 2033", clock_is_ahead,
	  "time|import_t1|1002490|1\ntime|value|1622845|1" },
	{ "both fall", both_are_reset, "back|import_t1|0|1\nback|value|3|1" },
};

static char *totals(struct db_fixture *h)
{
	return strdup(ask(h, TOTALS));
}

static char *honest_totals(void)
{
	struct db_fixture h;
	char *out;

	judged_house(&h);
	play(&h, 0, 100, NULL);
	commit(&h);
	out = totals(&h);
	db_fixture_verified(&h);
	db_fixture_gone(&h);
	return out;
}

/* In several commits with the database reopened, and in a single one. */
static void a_lie_leaves_no_trace(void **state)
{
	static const int batches[] = { 5, 100 };
	char *want = honest_totals();

	(void)state;
	for (size_t i = 0; i < COUNT(lies); i++)
		for (size_t b = 0; b < COUNT(batches); b++) {
			struct db_fixture h;
			char *is;

			judged_house(&h);
			for (int k = 0; k < 100; k += batches[b]) {
				int to = k + batches[b];

				play(&h, k, to < 100 ? to : 100,
				     lies[i].change);
				commit(&h);
				if (batches[b] == 5 && k % 20 == 0) {
					db_fixture_close(&h);
					db_fixture_open(&h);
				}
			}
			is = totals(&h);
			check_text(lies[i].name, is, want);
			free(is);
			if (lies[i].held != NULL)
				check_text(lies[i].name, ask(&h, HELD),
					   lies[i].held);
			db_fixture_verified(&h);
			db_fixture_gone(&h);
		}
	free(want);
}

/* Added in the middle, the lie lies between two neighbours. */
static void a_lie_in_the_middle_leaves_none_either(void **state)
{
	char *want = honest_totals();

	(void)state;
	for (size_t i = 0; i < COUNT(lies); i++) {
		struct db_fixture h;
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
		db_fixture_verified(&h);
		db_fixture_gone(&h);
	}
	free(want);
}

/* Lies within a file, and in its first reading. */
static const struct {
	int at;
	bool gas;
	int64_t by;
} told[] = {
	{ 10, true, 1800000 },	{ 25, true, 1800000 },	 { 40, false, -5 },
	{ 50, true, -1622000 }, { 60, false, 10000000 }, { 75, false, -1000 },
	{ 85, true, -70 },	{ 99, false, 70000000 },
};

static void put_file(struct db_fixture *h, int from, int to, bool lying)
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
		take(h, &r);
	}
	commit(h);
}

/* Compute the n-th order of four files, 0 to 23. */
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
	struct db_fixture h;
	char *want, what[32];
	int order[4];

	(void)state;
	judged_house(&h);
	put_file(&h, 0, 100, false);
	want = totals(&h);
	db_fixture_verified(&h);
	db_fixture_gone(&h);
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
		db_fixture_verified(&h);
		db_fixture_gone(&h);
	}
	free(want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lie_leaves_no_trace),
		cmocka_unit_test(a_lie_in_the_middle_leaves_none_either),
		cmocka_unit_test(files_in_any_order_end_in_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
