/*
 * Streams of meters that sometimes lie, with the decisions of a person: the
 * same readings and pins lead to the same state, in whatever order and pieces
 * they arrive.
 */
#include "storage/journal/pins.h"
#include "tests/storage/db_fixture.h"

enum { READINGS = 90, STEP = 300, TRIALS = 8, ORDERS = 4, PINS = 3 };

#define START "2026-05-01T00:00:00Z"

struct story {
	uint64_t seed;
	struct reading r[READINGS];
	struct pins_order pin[PINS];
};

static int64_t below(uint64_t *seed, int64_t n)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (int64_t)(*seed >> 33) % n;
}

/* Set two tariffs; four of them with their total; or only the total. */
static void show(struct reading *r, int form, const int64_t tariff[4])
{
	int64_t total = 0;

	r->have = 0;
	for (int i = 0; i < 4; i++) {
		total += tariff[i];
		if (form == 1 || i < 2)
			with(r, (enum quantity)(Q_IMPORT_T1 + i), tariff[i]);
	}
	if (form == 2)
		r->have = 0;
	if (form > 0)
		with(r, Q_IMPORT_TOTAL, total);
	with(r, Q_POWER_IMPORT, 500);
}

static int64_t lie_of(uint64_t *seed, int64_t value)
{
	const int64_t says[] = { 0, value + 1 + below(seed, 9000000),
				 value - below(seed, 400),
				 value + below(seed, 30000),
				 below(seed, 5000) };
	int64_t v = says[below(seed, (int64_t)COUNT(says))];

	return v < 0 ? 0 : v;
}

static void lie(uint64_t *seed, struct reading *r)
{
	enum quantity q = (enum quantity)(Q_IMPORT_TOTAL + below(seed, 5));
	int c = (int)below(seed, 3);

	if (c == 0 && reading_has(r, q))
		r->value[q] = lie_of(seed, r->value[q]);
	else if (c == 0)
		for (int i = Q_IMPORT_TOTAL; i <= Q_IMPORT_T4; i++)
			r->value[i] = 0;
	else
		r->mbus[c - 1].value = lie_of(seed, r->mbus[c - 1].value);
}

static void tell_pins(struct story *s)
{
	static const char *const meters[] = { "M1", "G1", "G2" };

	for (int i = 0; i < PINS; i++) {
		int64_t ts = s->r[below(&s->seed, READINGS)].time.utc;

		if (i > 0)
			ts -= ts % 1200;
		s->pin[i] = (struct pins_order){
			.verb = below(&s->seed, 2) ? PINS_ACCEPT : PINS_REJECT,
			.from = ts,
			.to = ts + below(&s->seed, 2) * 3600,
			.meter = meters[i],
		};
	}
}

/* Make the meters from the seed; each gas time is in 4 readings. */
static void tell(struct story *s, uint64_t seed)
{
	int64_t tariff[4] = { 400000, 600000, 70000, 8000 };
	int64_t gas[2] = { 1500000, 2500 };
	int form = (int)(seed % 3), lies = 3 + (int)(seed % 9);

	*s = (struct story){ .seed = seed };
	for (int i = 0; i < READINGS; i++) {
		struct reading *r = &s->r[i];
		int64_t ts = at(START) + i * STEP, stamp = ts - ts % 1200;

		tariff[below(&s->seed, 4)] += below(&s->seed, 300);
		for (int g = 0; g < 2 && stamp == ts; g++)
			gas[g] += below(&s->seed, 200);
		*r = reading_of("M1", ts, 0, 0);
		show(r, seed % 4 && below(&s->seed, 12) ? form : 1, tariff);
		with_gas(r, 1, "G1", stamp, gas[0]);
		with_gas(r, 2, "G2", stamp, gas[1]);
		if (below(&s->seed, lies) == 0)
			lie(&s->seed, r);
	}
	tell_pins(s);
}

/* Choose an order: forwards, backwards, in pieces, shuffled. */
static void order_of(struct story *s, int kind, int order[READINGS])
{
	for (int i = 0; i < READINGS; i++)
		order[i] = kind == 1   ? READINGS - 1 - i
			   : kind == 2 ? (i + READINGS / 3) % READINGS
				       : i;
	for (int i = READINGS - 1; kind == 3 && i > 0; i--) {
		int k = (int)below(&s->seed, i + 1), was = order[i];

		order[i] = order[k];
		order[k] = was;
	}
}

/* Return rows, held readings and totals by content as text, to be freed. */
static char *state_of(const struct db_fixture *h)
{
	static const char *const tables[] = {
		"SELECT m.identifier, ts, import_total_wh, import_t1_wh, "
		"import_t2_wh, import_t3_wh, import_t4_wh, power_import_w, "
		"time_source, weight FROM electricity AS r JOIN meter AS m "
		"ON m.id = meter ORDER BY ts",
		"SELECT m.identifier, v.ts, value, v.channel, weight FROM mbus "
		"AS v JOIN meter AS m ON m.id = meter ORDER BY 1, 2",
		"SELECT m.identifier, h.ts, value, import_total_wh, "
		"import_t1_wh, import_t2_wh, import_t3_wh, import_t4_wh, weight "
		"FROM held AS h JOIN meter AS m ON m.id = meter "
		"ORDER BY 1, 2, 3, 4, 5, 6, 7, 8",
		"SELECT day, import_wh, gas_dm3 FROM daily_wh",
		"SELECT hour, import_wh, gas_dm3 FROM hourly_wh",
	};
	char *all = calloc(1, COUNT(tables) * 65536);

	for (size_t i = 0; i < COUNT(tables); i++)
		strcat(strcat(all, ask(h, tables[i])), "\n\n");
	return all;
}

/* Add the pins that are possible already: a pin needs its readings. */
static void say(struct db_fixture *h, const struct story *s, bool said[PINS])
{
	for (int i = 0; i < PINS; i++) {
		struct pins_answer a;
		struct err e = { 0 };

		if (!said[i])
			said[i] = journal_pin(h->journal, &s->pin[i], true, &a,
					      &e) >= 0;
	}
}

static void put_all(struct db_fixture *h, struct story *s, int kind, bool pins,
		    long interval)
{
	int order[READINGS], piece = 1 + (int)below(&s->seed, 40);
	bool said[PINS] = { 0 };

	judged_house(h);
	db_fixture_close(h);
	h->options.interval = interval;
	db_fixture_open(h);
	order_of(s, kind, order);
	for (int i = 0; i < READINGS; i++) {
		take(h, &s->r[order[i]]);
		if (i % piece == piece - 1) {
			commit(h);
			if (pins)
				say(h, s, said);
		}
	}
	commit(h);
	if (pins)
		say(h, s, said);
}

/* Fail with the first line that differs. */
static void check_state(const char *what, const struct db_fixture *h,
			const char *want)
{
	char *is = state_of(h);
	size_t i = 0, line = 0;

	for (; is[i] != '\0' && is[i] == want[i]; i++)
		if (is[i] == '\n')
			line = i + 1;
	if (is[i] != want[i])
		fail_msg("%s: '%.200s', not '%.200s'", what, is + line,
			 want + line);
	free(is);
}

static void any_order_ends_in_the_same_state(void **state)
{
	static struct story s;
	static const long intervals[] = { 1, 10, 300 };
	int held = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= TRIALS; seed++) {
		char *want = NULL;
		bool pins = seed % 2;

		tell(&s, seed);
		for (int kind = 0; kind < ORDERS; kind++) {
			struct db_fixture h;
			char what[64];

			put_all(&h, &s, kind, pins, intervals[seed % 3]);
			snprintf(what, sizeof(what), "seed %d, order %d",
				 (int)seed, kind);
			if (want == NULL)
				want = state_of(&h);
			check_state(what, &h, want);
			for (int i = 0; i < READINGS; i++)
				take(&h, &s.r[i]);
			check_int(what, commit(&h), 0);
			check_state(what, &h, want);
			held += atoi(ask(&h, "SELECT count(*) FROM held"));
			db_fixture_verified(&h);
			db_fixture_gone(&h);
		}
		free(want);
	}
	assert_true(held > TRIALS * ORDERS);
}

static void a_pin_that_is_taken_back_leaves_no_trace(void **state)
{
	static struct story s;

	(void)state;
	for (uint64_t seed = 1; seed <= TRIALS; seed++) {
		struct db_fixture h;
		char *before, *pinned = NULL, what[32];

		tell(&s, seed);
		snprintf(what, sizeof(what), "seed %d", (int)seed);
		put_all(&h, &s, 0, false, 10);
		before = state_of(&h);
		for (int twice = 0; twice < 2; twice++) {
			say(&h, &s, (bool[PINS]){ 0 });
			if (pinned == NULL)
				pinned = state_of(&h);
			check_state(what, &h, pinned);
		}
		for (int i = 0; i < PINS; i++)
			s.pin[i].verb = PINS_CLEAR;
		say(&h, &s, (bool[PINS]){ 0 });
		check_state(what, &h, before);
		check_sql(&h, "SELECT count(*) FROM pin", "0");
		free(before);
		free(pinned);
		db_fixture_verified(&h);
		db_fixture_gone(&h);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order_ends_in_the_same_state),
		cmocka_unit_test(a_pin_that_is_taken_back_leaves_no_trace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
