/* Two electricity meters in turn on one port: one is the house's. */
#include <inttypes.h>
#include <stdarg.h>

#include "tests/storage/db_fixture.h"

#define A "4141414141"
#define B "4242424242"
#define C "4343434343"

enum { STEP = 10 };

/* The n-th telegram of a meter, at `ts`, with its own gas meter. */
static struct reading telegram(const char *id, int64_t ts, int64_t n)
{
	struct reading r = reading_of(id, ts, 1000 + n * 3, 5000 + n * 7);
	if (strcmp(id, B) == 0)
		with_gas(&r, 1, "4742", ts - ts % 200, ts / 200 % 10000 * 2);
	else
		with_gas(&r, 1, "4741", ts - ts % 300, ts / 300 % 10000 * 2);
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

/* All that must be the same whatever came first. */
static char *state_of(const struct db_fixture *h)
{
	static const char *const parts[] = {
		"SELECT group_concat(ts || ' ' || identifier || ' ' || "
		"import_t1_wh) FROM (SELECT * FROM electricity AS r "
		"JOIN meter AS m ON m.id = r.meter ORDER BY ts)",
		"SELECT group_concat(ts || ' ' || identifier || ' ' || "
		"import_t1_wh) FROM (SELECT * FROM other_electricity AS r "
		"JOIN meter AS m ON m.id = r.meter ORDER BY ts, identifier)",
		"SELECT group_concat(identifier || sign(other)) FROM (SELECT * "
		"FROM meter WHERE other <> 0 ORDER BY identifier)",
		"SELECT i.channel, i.medium, i.first_ts, m.identifier, "
		"i.import_wh_offset, i.value_offset FROM installation AS i "
		"JOIN meter AS m ON m.id = i.meter ORDER BY 1, 2, 3, 4",
		"SELECT ts, import_wh, import_t1_wh, gas_dm3, gap_s, gas_gap_s "
		"FROM counter_from ORDER BY ts",
		"SELECT ts, import_wh, import_t1_wh, gas_dm3, gap_s, gas_gap_s "
		"FROM counter_to ORDER BY ts",
	};
	char *text = calloc(1, COUNT(parts) * 65536);

	for (size_t i = 0; i < COUNT(parts); i++)
		strcat(strcat(text, ask(h, parts[i])), "\n");
	return text;
}

enum { STORY = 240, METERS = 5, STORIES = 12 };

static const char *const names[METERS] = { A, B, C, "4444", "4545" };

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
		r[i] = telegram(names[m], ts, (ts - start()) / 10);
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

/* Which meter is the house's, and which are added. */
struct set {
	const char *house, *also;
};

static void use(struct db_fixture *h, const struct set *set)
{
	db_fixture_close(h);
	h->options.house = set->house;
	h->options.also = set->also;
	db_fixture_open(h);
}

static void tell_all(struct db_fixture *h, const struct reading *r,
		     const int *order, int n, int batch)
{
	for (int i = 0; i < n; i++) {
		take(h, &r[order == NULL ? i : order[i]]);
		if (i % batch == batch - 1)
			commit(h);
	}
	commit(h);
}

/* `before`: what was set until half of it was told; NULL: the same. */
static char *told_in(const struct reading *r, const int *order, int n,
		     int batch, const struct set *before, const struct set *set)
{
	struct db_fixture h;
	char *text, all[32];

	db_fixture_new(&h);
	h.options.interval = 1;
	use(&h, before ? before : set);
	tell_all(&h, r, order, n / 2, batch);
	if (before != NULL)
		use(&h, set);
	tell_all(&h, r, order + n / 2, n - n / 2, batch);
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

static const struct set sets[] = {
	{ "", "" }, { B, "" },	    { C, "" },
	{ "", B },  { B, A "," C }, { "", "BBBBB AAAAA, 4444 4545," C },
};

static void any_order_gives_the_same_tables(void **state)
{
	static struct reading r[STORY];
	int order[STORY];

	(void)state;
	for (unsigned story = 0; story < STORIES; story++) {
		const struct set *set = &sets[story % COUNT(sets)];
		int n = tell(r, story + 1);
		char *want;

		shuffle(order, n, 0, n);
		want = told_in(r, order, n, n, NULL, set);
		for (unsigned seed = 1; seed <= 4; seed++) {
			char *is;

			shuffle(order, n, seed + story, seed % 3 ? 1 : 40);
			is = told_in(
				r, order, n, 1 + (int)seed * 7,
				seed % 2 ? NULL
					 : &sets[(story + seed) % COUNT(sets)],
				set);
			check_same(set->also, is, want);
			free(is);
		}
		free(want);
	}
}

/* What one meter showed around an instant. */
struct beside {
	bool before, after;
	int64_t gap_s, value[2]; /* of both tariffs */
};

static struct beside look(const struct reading *r, int n, const char *id,
			  int64_t ts)
{
	const struct reading *a = NULL, *b = NULL;
	struct beside is = { 0 };

	for (int i = 0; i < n; i++) {
		if (!span_eq(r[i].meter, span_of(id)))
			continue;
		if (r[i].time.utc <= ts)
			a = &r[i];
		if (r[i].time.utc >= ts && b == NULL)
			b = &r[i];
	}
	is.before = a != NULL;
	is.after = b != NULL;
	if (a == NULL || b == NULL) {
		a = a == NULL ? b : a;
		for (int q = 0; q < 2 && a != NULL; q++)
			is.value[q] = a->value[Q_IMPORT_T1 + q];
		return is;
	}
	is.gap_s = b->time.utc - a->time.utc;
	for (int q = 0; q < 2; q++) {
		int64_t from = a->value[Q_IMPORT_T1 + q],
			to = b->value[Q_IMPORT_T1 + q],
			s = is.gap_s > 0 ? is.gap_s : 1;

		is.value[q] = from + (to - from) * (ts - a->time.utc) / s;
	}
	return is;
}

/* Ask for a number. */
static int64_t __attribute__((format(printf, 2, 3)))
number(const struct db_fixture *h, const char *fmt, ...)
{
	char sql[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sql, sizeof(sql), fmt, ap);
	va_end(ap);
	return strtoll(ask(h, sql), NULL, 10);
}

/*
 * The counters of a database that adds meters, at `ts`: those of the same story
 * without them, and those that the story tells of each meter.
 */
static void check_at(const struct db_fixture *is, struct history *house,
		     const struct beside *added, int64_t ts)
{
	const bool within = added[METERS].before && added[METERS].after;
	int64_t sum[2], gap_s;
	struct counter_point p;
	struct err e = { 0 };
	bool known = within;
	char want[128];

	must(history_at(house, MEDIUM_ELECTRICITY, ts, &p, &e), &e);
	gap_s = p.gap_s;
	for (int q = 0; q < 2; q++)
		sum[q] = p.counter[SERIES_IMPORT_T1 + q];
	for (int m = 0; m < METERS; m++) {
		for (int q = 0; q < 2; q++)
			sum[q] += added[m].value[q];
		known |= added[m].before && added[m].after;
		if (added[m].gap_s > gap_s)
			gap_s = added[m].gap_s;
	}
	snprintf(want, sizeof(want), "%" PRId64 "|%" PRId64 "|%" PRId64,
		 sum[0] + sum[1], sum[0], sum[1]);
	for (int side = 0; side < 2; side++) {
		const char *table = side ? "counter_to" : "counter_from";
		char sql[256];

		snprintf(sql, sizeof(sql),
			 "SELECT import_wh, import_t1_wh, import_t2_wh FROM %s "
			 "WHERE ts = %" PRId64 " AND import_wh IS NOT NULL",
			 table, ts);
		if (*ask(is, sql) == '\0')
			continue;
		check_text(sql, ask(is, sql), want);
		if (known)
			check_int(sql,
				  number(is,
					 "SELECT gap_s FROM %s WHERE ts = "
					 "%" PRId64,
					 table, ts),
				  gap_s);
	}
}

/* Which of the meters are added, given the story without that; returns a count. */
static int find_added(const struct db_fixture *plain, const char *also,
		      bool added[METERS])
{
	int found = 0;

	for (int m = 0; m < METERS; m++) {
		added[m] = strstr(also, names[m]) != NULL &&
			   number(plain,
				  "SELECT count(*) FROM meter WHERE other > 0 "
				  "AND identifier = '%s'",
				  names[m]) == 1;
		found += added[m];
	}
	return found;
}

static void check_instants(const struct db_fixture *is,
			   const struct db_fixture *plain,
			   const struct reading *r, int n,
			   const bool added[METERS])
{
	struct history *house = db_fixture_history(plain);
	char *instants = strdup(ask(is, "SELECT ts FROM counter_from UNION "
					"SELECT ts FROM counter_to"));

	for (char *line = strtok(instants, "\n"); line != NULL;
	     line = strtok(NULL, "\n")) {
		const int64_t ts = strtoll(line, NULL, 10);
		struct beside at[METERS + 1] = { 0 };

		for (int m = 0; m < METERS; m++)
			if (added[m])
				at[m] = look(r, n, names[m], ts);
		at[METERS].before = number(plain,
					   "SELECT count(*) FROM electricity "
					   "WHERE ts <= %" PRId64,
					   ts) > 0;
		at[METERS].after = number(plain,
					  "SELECT count(*) FROM electricity "
					  "WHERE ts >= %" PRId64,
					  ts) > 0;
		check_at(is, house, at, ts);
	}
	free(instants);
	history_close(house);
}

static int check_story(const struct reading *r, int n, const struct set *set)
{
	const struct set alone = { set->house, "" };
	struct db_fixture is, plain;
	bool added[METERS];
	int found;

	db_fixture_new(&is);
	db_fixture_new(&plain);
	is.options.interval = plain.options.interval = 1;
	use(&is, set);
	use(&plain, &alone);
	tell_all(&is, r, NULL, n, 17);
	tell_all(&plain, r, NULL, n, 17);
	found = find_added(&plain, set->also, added);
	check_int("added",
		  number(&is, "SELECT count(*) FROM meter WHERE other < 0"),
		  found);
	check_instants(&is, &plain, r, n, added);
	db_fixture_gone(&is);
	db_fixture_gone(&plain);
	return found;
}

static void added_meters_count_what_they_show(void **state)
{
	static const struct set all[] = {
		{ "", A "," B "," C ",4444,4545" },
		{ C, A "," B },
		{ "", B " 4545" },
	};
	static struct reading r[STORY];
	int found = 0;

	(void)state;
	for (unsigned story = 0; story < STORIES; story++) {
		int n = tell(r, story + 101);

		found += check_story(r, n, &all[story % COUNT(all)]);
	}
	assert_true(found > (int)STORIES);
}

static void a_person_names_the_house(void **state)
{
	static const char *const houses[] = { B, "BBBBB", A, "" };
	static const char *const totals[] = { "9980|98", "9980|98", "9980|66",
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
		cmocka_unit_test(added_meters_count_what_they_show),
		cmocka_unit_test(a_person_names_the_house),
		cmocka_unit_test(the_house_gets_a_new_meter),
		cmocka_unit_test(both_send_in_the_same_second),
		cmocka_unit_test(the_other_is_judged_as_well),
		cmocka_unit_test(one_row_of_an_interval),
		cmocka_unit_test(nothing_else_of_it_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
