/*
 * A household with random gaps and meters, computed here a second time, reading
 * by reading: the views must give the same, whatever order the readings came
 * in.
 */
#include "storage/history/series_registers.h"
#include "tests/storage/db_fixture.h"

enum { READINGS = 700, GAS_METERS = 3, TRIALS = 3 };

/* The two gas meters' own readings in this computation. */
struct count {
	int64_t ts, shown, counter;
};

struct story {
	unsigned seed;
	int n;
	struct reading r[READINGS];
	/* continuous counters of each reading; -1: not yet seen */
	int64_t counter[READINGS][ELECTRIC_SERIES];
	struct count gas[GAS_METERS][READINGS];
	int gas_n[GAS_METERS];
};

static unsigned dice(struct story *s, unsigned sides)
{
	s->seed = s->seed * 1103515245u + 12345u;
	return (s->seed >> 12) % sides;
}

/* An electricity meter: its registers and their values. */
struct meter_state {
	const char *id;
	uint64_t registers;
	int64_t value[Q_COUNT];
};

#define BIT(q) (UINT64_C(1) << (q))

static const uint64_t register_sets[] = {
	BIT(Q_IMPORT_T1) | BIT(Q_IMPORT_T2) | BIT(Q_EXPORT_T1) |
		BIT(Q_EXPORT_T2),
	BIT(Q_IMPORT_TOTAL) | BIT(Q_EXPORT_TOTAL) |
		BIT(Q_REACTIVE_IMPORT_TOTAL),
	BIT(Q_IMPORT_T1) | BIT(Q_IMPORT_T2) | BIT(Q_IMPORT_T3) |
		BIT(Q_IMPORT_T4) | BIT(Q_IMPORT_TOTAL),
};

static void new_meters(struct story *s, struct meter_state *m)
{
	static const char *const ids[] = { "A", "B", "C" };

	for (int i = 0; i < 3; i++) {
		m[i] = (struct meter_state){ ids[i], register_sets[i], { 0 } };
		for (int q = 0; q < Q_COUNT; q++)
			m[i].value[q] = dice(s, 1000000);
	}
}

static void run(struct story *s, struct meter_state *m)
{
	for (int q = 0; q < Q_COUNT; q++)
		m->value[q] += dice(s, 3) ? dice(s, 500) : 0;
}

/* What it counted while another meter had its place does not count. */
static void keep_gas(struct story *s, int meter, struct reading *r, int64_t ts,
		     int64_t step)
{
	static const char *const ids[] = { "G1", "G2", "G3" };
	static const int64_t begin[] = { 5000, 70000, 0 };
	struct count *list = s->gas[meter];
	int *n = &s->gas_n[meter];
	bool away = meter == 0 && s->gas_n[1] > 0 && *n > 0 &&
		    list[*n - 1].ts < s->gas[1][s->gas_n[1] - 1].ts;

	if (*n == 0)
		list[0] = (struct count){ ts, begin[meter], begin[meter] };
	else if (list[*n - 1].ts != ts)
		list[*n] = (struct count){
			ts, list[*n - 1].shown + step + (away ? 5000 : 0),
			list[*n - 1].counter + (away ? 0 : step)
		};
	else
		--*n;
	with_gas(r, meter == 2 ? 2 : 1, ids[meter], ts, list[*n].shown);
	++*n;
}

/* Get the series' value that the meter showed in a reading. */
static bool shows(const struct reading *r, int s, int64_t *value)
{
	bool any = reading_has(r, series_registers[s].total);

	*value = any ? r->value[series_registers[s].total] : 0;
	for (int i = 0; !reading_has(r, series_registers[s].total) &&
			i < series_registers[s].parts;
	     i++)
		if (reading_has(r, series_registers[s].part[i])) {
			*value += r->value[series_registers[s].part[i]];
			any = true;
		}
	return any;
}

/* Add what the same meter counted, and nothing over a change of meters. */
static void reckon(struct story *s, int i)
{
	for (int e = 0; e < ELECTRIC_SERIES; e++) {
		int64_t was = 0, is = 0;
		bool shown = shows(&s->r[i], e, &is);

		s->counter[i][e] = i > 0 ? s->counter[i - 1][e] : -1;
		if (!shown)
			continue;
		if (s->counter[i][e] < 0) {
			for (int k = 0; k <= i; k++)
				s->counter[k][e] = is;
		} else if (span_eq(s->r[i].meter, s->r[i - 1].meter)) {
			shows(&s->r[i - 1], e, &was);
			s->counter[i][e] += is - was;
		}
	}
}

static void tell(struct story *s, unsigned seed)
{
	struct meter_state meters[3];
	int64_t ts = at("2026-03-26T09:00:00Z");
	int meter = 0;

	memset(s, 0, sizeof(*s));
	s->seed = seed;
	new_meters(s, meters);
	for (s->n = 0; s->n < READINGS; s->n++) {
		struct reading *r = &s->r[s->n];
		struct meter_state *m;
		int gas = s->n < 200 || s->n > 500 ? 0 : 1;

		if (dice(s, 60) == 0)
			meter = (int)dice(s, 3);
		if (s->n == 350) /* from spring to autumn, and its long day */
			ts = at("2026-10-23T20:00:00Z") + dice(s, 9000);
		m = &meters[meter];
		run(s, m);
		*r = reading_of(m->id, ts, 0, 0);
		r->have = m->registers;
		memcpy(r->value, m->value, sizeof(r->value));
		keep_gas(s, gas, r, ts - ts % 3600, dice(s, 40));
		if (dice(s, 2))
			keep_gas(s, 2, r, ts, 0);
		reckon(s, s->n);
		ts += 1 + dice(s, dice(s, 20) ? 2000 : 90000);
	}
}

/* Interpolate the counter at t, rounded down. */
static int64_t between(int64_t t, int64_t t0, int64_t c0, int64_t t1,
		       int64_t c1)
{
	return t0 == t1 ? c0 : c0 + (c1 - c0) * (t - t0) / (t1 - t0);
}

static int64_t parts_at(const struct story *s, int e, int64_t t, int b);

static int64_t series_at(const struct story *s, int e, int64_t t)
{
	int b = 0;

	if (t <= s->r[0].time.utc)
		return s->counter[0][e];
	while (b + 1 < s->n && s->r[b + 1].time.utc <= t)
		b++;
	if (b + 1 == s->n)
		return s->counter[b][e];
	if (series_registers[e].parts > 0 &&
	    !reading_has(&s->r[b], series_registers[e].total) &&
	    !reading_has(&s->r[b + 1], series_registers[e].total))
		return s->counter[b][e] + parts_at(s, e, t, b);
	return between(t, s->r[b].time.utc, s->counter[b][e],
		       s->r[b + 1].time.utc, s->counter[b + 1][e]);
}

/* Without a total, each tariff is rounded separately. */
static int64_t parts_at(const struct story *s, int e, int64_t t, int b)
{
	int64_t sum = 0;

	for (int i = 1; i <= series_registers[e].parts; i++)
		sum += series_at(s, e + i, t) - s->counter[b][e + i];
	return sum;
}

static int64_t gas_at(const struct story *s, int64_t t)
{
	int64_t sum = 0;

	for (int m = 0; m < GAS_METERS; m++) {
		const struct count *list = s->gas[m];
		int n = s->gas_n[m], b = 0;

		if (n == 0)
			continue;
		while (b + 1 < n && list[b + 1].ts <= t)
			b++;
		if (t <= list[0].ts || b + 1 == n)
			sum += list[b].counter;
		else
			sum += between(t, list[b].ts, list[b].counter,
				       list[b + 1].ts, list[b + 1].counter);
	}
	return sum;
}

static void check_consumption(const struct story *s,
			      const struct consumption *u, const char *name)
{
	char what[128], time[UTC_TEXT];

	for (int e = 0; e < ELECTRIC_SERIES; e++) {
		int64_t want =
			series_at(s, e, u->end) - series_at(s, e, u->start);

		snprintf(what, sizeof(what), "%s of %s from %s", series[e].name,
			 name, utc_format(time, u->start));
		check_int(what, u->have >> e & 1 ? u->amount[e] : 0, want);
	}
	snprintf(what, sizeof(what), "gas of %s from %s", name,
		 utc_format(time, u->start));
	check_int(what, u->amount[SERIES_GAS],
		  gas_at(s, u->end) - gas_at(s, u->start));
}

static void check_period(const struct story *s, struct history *history,
			 enum period p, const char *name)
{
	int64_t sum[SERIES_COUNT] = { 0 }, last = 0;
	struct consumption u;
	struct err e;
	int rc;

	must(history_begin(history, p, 0, INT64_MAX, &e), &e);
	while ((rc = history_next(history, &u, &e)) > 0) {
		check_int(name, u.start >= last, 1);
		last = u.end;
		check_consumption(s, &u, name);
		for (int i = 0; i < SERIES_COUNT; i++)
			sum[i] += u.amount[i];
	}
	check_int(name, rc, 0);
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		check_int(series[i].name, sum[i],
			  s->counter[s->n - 1][i] - s->counter[0][i]);
	check_int("gas", sum[SERIES_GAS],
		  gas_at(s, INT64_MAX / 2) - gas_at(s, 0));
}

static void check_points(struct story *s, struct history *history)
{
	struct counter_point p;
	struct err e;

	for (int i = 0; i < 300; i++) {
		int64_t t = s->r[0].time.utc - 5000 + dice(s, 2000) * 9876;

		must(history_at(history, MEDIUM_ELECTRICITY, t, &p, &e), &e);
		for (int k = 0; k < ELECTRIC_SERIES; k++)
			if (s->counter[0][k] >= 0)
				check_int(series[k].name, p.counter[k],
					  series_at(s, k, t));
		must(history_at(history, MEDIUM_GAS, t, &p, &e), &e);
		check_int("gas at", p.counter[SERIES_GAS], gas_at(s, t));
	}
}

static void check_all(struct story *s, const struct db_fixture *h)
{
	struct history *history = db_fixture_history(h);

	check_period(s, history, PERIOD_HOUR, "hourly");
	check_period(s, history, PERIOD_DAY, "daily");
	check_period(s, history, PERIOD_MONTH, "monthly");
	check_period(s, history, PERIOD_YEAR, "yearly");
	check_points(s, history);
	history_close(history);
}

/* Return everything computed from the rows, with the names of meters. */
static char *state(const struct db_fixture *h)
{
	char sql[2048] = "SELECT i.channel, i.medium, i.first_ts, m.identifier";

	for (int e = 0; e < ELECTRIC_SERIES; e++)
		snprintf(sql + strlen(sql), sizeof(sql) - strlen(sql),
			 ", i.%s_offset", series[e].column);
	snprintf(sql + strlen(sql), sizeof(sql) - strlen(sql),
		 ", i.value_offset FROM installation AS i JOIN meter AS m"
		 " ON m.id = i.meter ORDER BY 1, 2, 3");
	return strdup(ask(h, sql));
}

/* Store up to a row per second. */
static void fine_house(struct db_fixture *h)
{
	db_fixture_new(h);
	db_fixture_close(h);
	h->options.interval = 1;
	db_fixture_open(h);
}

static void put_all(struct db_fixture *h, const struct story *s,
		    const int *order, int batch)
{
	for (int i = 0; i < s->n; i++) {
		take(h, &s->r[order[i]]);
		if (i % batch == batch - 1)
			commit(h);
	}
	commit(h);
	check_sql(h, "SELECT count(*) FROM held", "0");
}

static void views_say_what_was_consumed(void **state_)
{
	static struct story s;
	int order[READINGS];

	(void)state_;
	for (unsigned trial = 1; trial <= TRIALS; trial++) {
		struct db_fixture h;

		tell(&s, trial);
		for (int i = 0; i < s.n; i++)
			order[i] = i;
		fine_house(&h);
		put_all(&h, &s, order, 60 + (int)trial * 37);
		check_all(&s, &h);
		db_fixture_verified(&h);
		db_fixture_gone(&h);
	}
}

static void shuffle(struct story *s, int *order, int piece)
{
	int pieces = s->n / piece;

	for (int i = 0; i < s->n; i++)
		order[i] = i;
	for (int i = pieces - 1; i > 0; i--) {
		int k = (int)dice(s, (unsigned)i + 1);

		for (int j = 0; j < piece; j++) {
			int x = order[i * piece + j];

			order[i * piece + j] = order[k * piece + j];
			order[k * piece + j] = x;
		}
	}
}

/* Single readings, and pieces like files in the wrong order. */
static void any_order_ends_in_the_same_state(void **state_)
{
	static struct story s;
	static const int pieces[TRIALS] = { 1, 50, 175 };
	/* in the first, two gas meters of a channel have the same stamp */
	static const unsigned seeds[TRIALS] = { 16, 11, 12 };
	int order[READINGS];

	(void)state_;
	for (unsigned trial = 0; trial < TRIALS; trial++) {
		struct db_fixture straight, mixed;
		char *want, *is;

		tell(&s, seeds[trial]);
		for (int i = 0; i < s.n; i++)
			order[i] = i;
		fine_house(&straight);
		put_all(&straight, &s, order, 300);
		want = state(&straight);
		db_fixture_gone(&straight);

		shuffle(&s, order, pieces[trial]);
		fine_house(&mixed);
		put_all(&mixed, &s, order, 50 + (int)trial * 29);
		is = state(&mixed);
		check_text("shuffled", is, want);
		check_all(&s, &mixed);
		db_fixture_verified(&mixed);
		free(is);
		free(want);

		/* and once more changes nothing */
		for (int i = 0; i < s.n; i++)
			take(&mixed, &s.r[order[i]]);
		check_int("again", commit(&mixed), 0);
		db_fixture_gone(&mixed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(views_say_what_was_consumed),
		cmocka_unit_test(any_order_ends_in_the_same_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
