/* Two electricity meters on one port, in turn: one is the house's. */
#include "tests/storage/db_fixture.h"

#define A "4141414141"
#define B "4242424242"
#define C "4343434343"

enum { STEP = 10 };

/* The n-th telegram of a meter, at `ts`, with its own gas meter. */
static struct reading telegram(const char *id, int64_t ts, int64_t n)
{
	struct reading r = reading_of(id, ts, 1000 + n * 3, 5000 + n * 7);
	const char *gas = strcmp(id, B) == 0 ? "4742" : "4741";

	with_gas(&r, 1, gas, ts - ts % 300, ts / 300 % 10000 * 2);
	return r;
}

static int64_t start(void)
{
	return at("2026-03-01T00:00:00Z");
}

/* Put n telegrams from the i-th on, of the named meters in turn. */
static void put_turns(struct db_fixture *h, const char *const *ids, int many,
		      int i, int n, int batch)
{
	for (int end = i + n; i < end; i++) {
		const struct reading r =
			telegram(ids[i % many], start() + i * STEP, i);

		take(h, &r);
		if (i % batch == batch - 1)
			commit(h);
	}
	commit(h);
}

static const char *const two[] = { A, B };

static void house_of_two(struct db_fixture *h, int n)
{
	judged_house(h);
	put_turns(h, two, 2, 0, n, 30);
}

#define OF(id) "(SELECT id FROM meter WHERE identifier = '" id "')"

/* The n-th telegram shows 6000 + 10 n Wh; gas is 2 dm3 in five minutes. */
static void the_first_seen_is_the_houses(void **state)
{
	struct db_fixture h;

	(void)state;
	house_of_two(&h, 1000);
	check_sql(&h,
		  "SELECT count(*), min(meter) = " OF(A) " FROM electricity "
							 "GROUP BY meter",
		  "500|1");
	check_sql(&h,
		  "SELECT count(*), min(meter) = " OF(B) " FROM "
							 "other_electricity",
		  "500|1");
	check_sql(&h, "SELECT count(*) FROM installation WHERE channel = 0",
		  "1");
	check_sql(&h, "SELECT sum(import_wh), sum(gas_dm3) FROM daily_wh",
		  "9980|66");
	check_sql(&h, "SELECT count(*) FROM held", "0");
	check_sql(&h, "SELECT identifier FROM meter WHERE other > 0 ORDER BY 1",
		  "4242424242\n4742");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

static void it_goes_on_after_a_restart(void **state)
{
	struct db_fixture h;

	(void)state;
	house_of_two(&h, 101);
	for (int i = 101; i < 400; i += 23) {
		db_fixture_close(&h);
		db_fixture_open(&h);
		put_turns(&h, two, 2, i, 23, 7);
	}
	check_sql(&h,
		  "SELECT (SELECT count(*) FROM electricity), "
		  "(SELECT count(*) FROM other_electricity)",
		  "200|200");
	check_sql(&h, "SELECT count(*) FROM installation", "2");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* ... X ... Y ... is another meter in its place, as usual. */
static void a_meter_that_is_replaced_is_the_houses(void **state)
{
	static const char *const ids[] = { A, B };
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	put_turns(&h, &ids[0], 1, 0, 100, 30);
	put_turns(&h, &ids[1], 1, 100, 100, 30);
	check_sql(&h, "SELECT count(*) FROM other_electricity", "0");
	check_sql(&h, "SELECT count(*) FROM installation WHERE channel = 0",
		  "2");
	/* and it comes back, but later than an hour */
	put_turns(&h, &ids[0], 1, 100 + 3600 / STEP, 100, 30);
	check_sql(&h, "SELECT count(*) FROM other_electricity", "0");
	check_sql(&h, "SELECT count(*) FROM meter WHERE other > 0", "0");
	put_turns(&h, &ids[1], 1, 200 + 3600 / STEP, 1, 30);
	check_sql(&h, "SELECT count(*) FROM meter WHERE other > 0", "0");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/*
 * A meter on loan: both are the house's. When the loaned one returns, it is
 * not.
 */
static void a_meter_that_is_put_back_is_the_houses(void **state)
{
	static const char *const ids[] = { A, B };
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	put_turns(&h, &ids[0], 1, 0, 20, 30);
	put_turns(&h, &ids[1], 1, 20, 20, 30);
	put_turns(&h, &ids[0], 1, 40, 20, 30);
	check_sql(&h, "SELECT count(*) FROM other_electricity", "0");
	check_sql(&h, "SELECT count(*) FROM installation WHERE channel = 0",
		  "3");
	put_turns(&h, &ids[1], 1, 60, 20, 30);
	check_sql(&h, "SELECT count(*) FROM other_electricity", "40");
	check_sql(&h, "SELECT count(*) FROM electricity", "40");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

static char *state_of(const struct db_fixture *h)
{
	char *all[4];
	size_t size = 1;
	char *text;

	all[0] = strdup(ask(h, "SELECT group_concat(ts || ' ' || identifier || "
			       "' ' || import_t1_wh) FROM (SELECT * FROM "
			       "electricity AS r JOIN meter AS m "
			       "ON m.id = r.meter ORDER BY ts)"));
	all[1] = strdup(ask(h, "SELECT group_concat(ts || ' ' || identifier || "
			       "' ' || import_t1_wh) FROM (SELECT * FROM "
			       "other_electricity AS r JOIN meter AS m "
			       "ON m.id = r.meter ORDER BY ts, identifier)"));
	all[2] = strdup(ask(h, "SELECT group_concat(identifier) FROM (SELECT * "
			       "FROM meter WHERE other > 0 "
			       "ORDER BY identifier)"));
	all[3] = strdup(ask(h, "SELECT i.channel, i.medium, i.first_ts, "
			       "m.identifier, i.import_wh_offset, "
			       "i.value_offset FROM installation AS i "
			       "JOIN meter AS m ON m.id = i.meter "
			       "ORDER BY 1, 2, 3, 4"));
	for (int i = 0; i < 4; i++)
		size += strlen(all[i]) + 1;
	text = calloc(1, size);
	for (int i = 0; i < 4; i++) {
		strcat(strcat(text, all[i]), "\n");
		free(all[i]);
	}
	return text;
}

enum { STORY = 240, METERS = 5, STORIES = 6 };

static unsigned dice(unsigned *seed, unsigned sides)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 12) % sides;
}

/*
 * Meters come and go, one or several at a time, and sometimes two have the same
 * second. Each counter rises with time.
 */
static int tell(struct reading *r, unsigned seed)
{
	static const char *const ids[METERS] = { A, B, C, "4444", "4545" };
	int64_t ts = start(), end[METERS] = { 0 };
	unsigned there = 1;

	for (int i = 0; i < STORY; i++) {
		unsigned m;

		if (dice(&seed, 25) == 0)
			there = 1 + dice(&seed, (1u << METERS) - 1);
		do
			m = dice(&seed, METERS);
		while ((there >> m & 1) == 0);
		ts += dice(&seed, 12) ? 60 + dice(&seed, 400) : 0;
		if (dice(&seed, 40) == 0)
			ts += 3000;
		if (ts <= end[m])
			ts = end[m] + 1;
		end[m] = ts;
		r[i] = telegram(ids[m], ts, (ts - start()) / 10);
	}
	return STORY;
}

static void shuffle(int *order, int n, unsigned seed, int piece)
{
	for (int i = 0; i < n; i++)
		order[i] = i;
	for (int i = n / piece - 1; i > 0; i--) {
		int k;

		seed = seed * 1103515245u + 12345u;
		k = (int)((seed >> 12) % (unsigned)(i + 1));
		for (int j = 0; j < piece; j++) {
			int x = order[i * piece + j];

			order[i * piece + j] = order[k * piece + j];
			order[k * piece + j] = x;
		}
	}
}

static char *told_in(const struct reading *r, const int *order, int n,
		     int batch, const char *house)
{
	struct db_fixture h;
	char *text, all[32];

	db_fixture_new(&h);
	db_fixture_close(&h);
	h.options.interval = 1;
	h.options.house = house;
	db_fixture_open(&h);
	for (int i = 0; i < n; i++) {
		take(&h, &r[order[i]]);
		if (i % batch == batch - 1)
			commit(&h);
	}
	commit(&h);
	check_sql(&h, "SELECT count(*) FROM held", "0");
	snprintf(all, sizeof(all), "%d|0", n);
	check_sql(
		&h,
		"SELECT (SELECT count(*) FROM electricity) + (SELECT count(*) "
		"FROM other_electricity), (SELECT count(*) FROM "
		"other_electricity AS o JOIN meter AS m ON m.id = o.meter "
		"WHERE other IS NULL)",
		all);
	db_fixture_verified(&h);
	text = state_of(&h);
	db_fixture_gone(&h);
	return text;
}

/* Compare long texts, and show them from the first difference. */
static void check_same(const char *what, const char *is, const char *want)
{
	size_t i = 0;

	while (is[i] != '\0' && is[i] == want[i])
		i++;
	i -= i % 512 > 40 ? 40 : i % 512;
	if (strcmp(is, want) != 0)
		fail_msg("%s: '%.200s', not '%.200s'", what, is + i, want + i);
}

static void any_order_gives_the_same_tables(void **state)
{
	static const char *const houses[] = { "", B, C };
	static struct reading r[STORY];
	int order[STORY];

	(void)state;
	for (unsigned story = 0; story < STORIES; story++) {
		const char *house = houses[story % COUNT(houses)];
		int n = tell(r, story + 1);
		char *want;

		shuffle(order, n, 0, n);
		want = told_in(r, order, n, n, house);
		for (unsigned seed = 1; seed <= 4; seed++) {
			char *is;

			shuffle(order, n, seed + story, seed % 3 ? 1 : 40);
			is = told_in(r, order, n, 1 + (int)seed * 7, house);
			check_same(house, is, want);
			free(is);
		}
		free(want);
	}
}

static void a_person_names_the_house(void **state)
{
	static const char *const houses[] = { B, "BBBBB", A, "" };
	static const char *const totals[] = { "9980|66", "9980|66", "9980|66",
					      "9980|66" };
	static const char *const firsts[] = { B, B, A, A };
	struct db_fixture h;
	char *was;

	(void)state;
	house_of_two(&h, 1000);
	was = state_of(&h);
	for (size_t i = 0; i < COUNT(houses); i++) {
		db_fixture_close(&h);
		h.options.house = houses[i];
		db_fixture_open(&h);
		check_sql(&h,
			  "SELECT identifier FROM electricity AS r JOIN "
			  "meter AS m ON m.id = r.meter GROUP BY 1",
			  firsts[i]);
		check_sql(&h,
			  "SELECT (SELECT count(*) FROM electricity), "
			  "(SELECT count(*) FROM other_electricity)",
			  "500|500");
		check_sql(&h,
			  "SELECT sum(import_wh), sum(gas_dm3) FROM daily_wh",
			  totals[i]);
		db_fixture_verified(&h);
	}
	put_turns(&h, two, 2, 1000, 10, 3);
	check_sql(&h, "SELECT count(*) FROM electricity", "505");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
	free(was);
}

/* The house's meter is replaced; the other one remains another's. */
static void the_house_gets_a_new_meter(void **state)
{
	static const char *const then[] = { C, B };
	struct db_fixture h;

	(void)state;
	house_of_two(&h, 200);
	put_turns(&h, then, 2, 200, 200, 30);
	check_sql(&h,
		  "SELECT identifier, count(*) FROM electricity AS r JOIN "
		  "meter AS m ON m.id = r.meter GROUP BY 1",
		  A "|100\n" C "|100");
	check_sql(&h, "SELECT count(*) FROM other_electricity", "200");
	check_sql(&h, "SELECT count(*) FROM installation WHERE channel = 0",
		  "2");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

static void both_send_in_the_same_second(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	for (int i = 0; i < 100; i++) {
		const struct reading a = telegram(A, start() + i * STEP, i),
				     b = telegram(B, start() + i * STEP, i);

		take(&h, &a);
		take(&h, &b);
		if (i % 7 == 6)
			commit(&h);
	}
	commit(&h);
	check_sql(&h,
		  "SELECT (SELECT count(*) FROM electricity), "
		  "(SELECT count(*) FROM other_electricity)",
		  "100|100");
	check_sql(&h, "SELECT sum(import_wh) FROM daily_wh", "990");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* A fall of the other meter's counters is held, and a person may accept it. */
static void the_other_is_judged_as_well(void **state)
{
	struct db_fixture h;

	(void)state;
	house_of_two(&h, 100);
	for (int i = 100; i < 110; i++) {
		struct reading r = telegram(two[i % 2], start() + i * STEP, i);

		if (i % 2)
			r.value[Q_IMPORT_T1] = 5;
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h,
		  "SELECT count(*), min(meter) = " OF(B) ", min(reason) "
							 "FROM held",
		  "5|1|back");
	check_sql(&h, "SELECT count(*) FROM electricity", "55");
	check_sql(&h, "SELECT count(*) FROM other_electricity", "50");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/*
 * Of each meter one row per interval is stored, with the weight of its
 * telegrams.
 */
static void one_row_of_an_interval(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	db_fixture_close(&h);
	h.options.interval = 300;
	db_fixture_open(&h);
	put_turns(&h, two, 2, 0, 60, 30); /* found */
	put_turns(&h, two, 2, 60, 6000, 30);
	check_sql(&h,
		  "SELECT count(*), sum(weight) FROM electricity WHERE ts "
		  ">= unixepoch('2026-03-01T00:10:00Z')",
		  "200|3000");
	check_sql(&h,
		  "SELECT count(*), sum(weight) FROM other_electricity "
		  "WHERE ts >= unixepoch('2026-03-01T00:10:00Z')",
		  "200|3000");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* Nothing but counters is stored of the other meter's telegrams. */
static void nothing_else_of_it_is_kept(void **state)
{
	struct db_fixture h;

	(void)state;
	house_of_two(&h, 20);
	for (int i = 20; i < 40; i++) {
		struct reading r = telegram(two[i % 2], start() + i * STEP, i);

		with(&r, Q_VOLTAGE_L1, i % 2 ? 100000 : 230000);
		with(&r, Q_POWER_IMPORT, i % 2 ? 9000 : 100);
		with(&r, Q_POWER_FAILURES, i % 2 ? 9 : 1);
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT max(power_import_max_w) FROM electricity", "100");
	check_sql(&h, "SELECT min(voltage_l1_mv) FROM phases", "230000");
	check_sql(&h, "SELECT power_failures FROM quality", "1");
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_seen_is_the_houses),
		cmocka_unit_test(it_goes_on_after_a_restart),
		cmocka_unit_test(a_meter_that_is_replaced_is_the_houses),
		cmocka_unit_test(a_meter_that_is_put_back_is_the_houses),
		cmocka_unit_test(any_order_gives_the_same_tables),
		cmocka_unit_test(a_person_names_the_house),
		cmocka_unit_test(the_house_gets_a_new_meter),
		cmocka_unit_test(both_send_in_the_same_second),
		cmocka_unit_test(the_other_is_judged_as_well),
		cmocka_unit_test(one_row_of_an_interval),
		cmocka_unit_test(nothing_else_of_it_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
