/* The window: content decides what is accepted, never the order of arrival. */
#include <stdlib.h>

#include "storage/judge/judging_window.h"
#include "tests/check.h"
#include "tests/storage/judge/random_readings.h"

enum { MOST = 500 };

static const struct judge_limits limits = { 55200, 55200, 10, 10, 200 };

/* All readings of a meter, in order. */
struct shelf {
	struct chain_reading list[2 * MOST];
	bool accepted[2 * MOST];
	int n;
	long read; /* number of readings in all windows */
};

static int read_shelf(void *of, int64_t from, int64_t to, struct window *w,
		      struct err *e)
{
	struct shelf *s = of;
	int rc = 0;

	for (int i = 0; rc == 0 && i < s->n; i++)
		if (s->list[i].point.ts >= from && s->list[i].point.ts <= to) {
			struct chain_reading one = s->list[i];

			one.held = s->accepted[i] ? 0 : 1 + i;
			rc = window_add(w, &one, e);
			s->read++;
		}
	return rc;
}

static int find_accepted(void *of, int64_t ts, enum way way, int64_t count,
			 int64_t away, int64_t *at, struct err *e)
{
	const struct shelf *s = of;
	int step = way == WAY_FORWARD ? 1 : -1;

	(void)e;
	for (int i = step > 0 ? 0 : s->n - 1; i >= 0 && i < s->n; i += step) {
		int64_t distance = (s->list[i].point.ts - ts) * step;

		if (!s->accepted[i] || distance <= 0)
			continue;
		if (--count <= 0 && distance >= away) {
			*at = s->list[i].point.ts;
			return 0;
		}
	}
	return 0;
}

static int find_held(void *of, int64_t from, int64_t to, enum way way,
		     int64_t *at, struct err *e)
{
	const struct shelf *s = of;
	bool found = false;

	(void)e;
	for (int i = 0; i < s->n; i++) {
		int64_t ts = s->list[i].point.ts;

		if (s->accepted[i] || ts < from || ts > to ||
		    (found && way == WAY_BACK))
			continue;
		*at = ts;
		found = true;
	}
	return 0;
}

/*
 * Insert a reading in order. Returns its place, or -1 if it is there already.
 */
static int insert(struct shelf *s, const struct chain_reading *one)
{
	int at = s->n;

	while (at > 0 && chain_compare(&s->list[at - 1], one) > 0)
		at--;
	if (at > 0 && chain_compare(&s->list[at - 1], one) == 0)
		return -1;
	memmove(&s->list[at + 1], &s->list[at],
		(size_t)(s->n - at) * sizeof(*s->list));
	memmove(&s->accepted[at + 1], &s->accepted[at], (size_t)(s->n - at));
	s->list[at] = *one;
	s->accepted[at] = false;
	s->n++;
	return at;
}

static void apply(struct shelf *s, const struct window *w)
{
	int at = 0;

	for (size_t i = 0; i < w->n; i++) {
		while (chain_compare(&s->list[at], &w->list[i]) != 0)
			at++;
		s->accepted[at] = w->list[i].chosen;
	}
}

static void judge_from_to(struct shelf *s, struct window *w, int64_t first,
			  int64_t last)
{
	const struct judge_rates r = judge_electricity(&limits);
	const struct window_source source = { s, read_shelf, find_accepted,
					      find_held };
	struct err e;

	assert_int_equal(window_judge(&r, &source, first, last, w, &e), 0);
	apply(s, w);
}

/* Take readings in some order, a few in each commit. */
static void take(struct shelf *s, const struct chain_reading *list,
		 const int *order, int n, int piece)
{
	struct window w = { 0 };

	s->n = 0;
	s->read = 0;
	for (int i = 0; i < n;) {
		int64_t first = INT64_MAX, last = INT64_MIN;

		for (int k = 0; k < piece && i < n; k++, i++) {
			const struct chain_reading *one = &list[order[i]];

			insert(s, one);
			if (one->point.ts < first)
				first = one->point.ts;
			if (one->point.ts > last)
				last = one->point.ts;
		}
		judge_from_to(s, &w, first, last);
	}
	window_free(&w);
}

/*
 * Make a stream with up to three clusters of lies, each outnumbered by the
 * truth.
 */
static int random_stream(uint64_t *seed, struct chain_reading *list)
{
	static const int spacing[] = { 10, 60, 300, 900, 3600 };
	int64_t every = spacing[random_below(seed, 5)];
	int n = 60 + (int)random_below(seed, MOST - 60);

	for (int j = 0; j < n; j++) {
		list[j] = (struct chain_reading){ .weight = 1 };
		list[j].point.ts = 1700000000 + j * every;
		list[j].point.have = 0x0c6;
		for (int i = 0; i < JUDGE_REGISTERS; i++)
			list[j].point.value[i] = 1000000 + 3 * j;
	}
	for (int64_t k = random_below(seed, 4); k > 0; k--) {
		int at = (int)random_below(seed, n);
		int most = at + 1 + (int)random_below(seed, 8);

		for (int j = at; j < most && j < n; j++)
			random_lie(seed, list, j);
	}
	for (int64_t k = random_below(seed, 3); k > 0; k--)
		list[random_below(seed, n)].pin =
			random_below(seed, 2) ? PIN_ACCEPTED : PIN_REJECTED;
	return n;
}

static void shuffle(uint64_t *seed, int *order, int n)
{
	for (int i = 0; i < n; i++)
		order[i] = i;
	for (int i = n - 1; i > 0; i--) {
		int j = (int)random_below(seed, i + 1), t = order[i];

		order[i] = order[j];
		order[j] = t;
	}
}

static void check_same(const struct shelf *a, const struct shelf *b, int round,
		       const char *how)
{
	check_int(how, a->n, b->n);
	for (int i = 0; i < a->n; i++)
		if (a->accepted[i] != b->accepted[i])
			fail_msg("round %d, %s: reading %d of %d is %s", round,
				 how, i, a->n,
				 a->accepted[i] ? "accepted" : "held");
}

static void order_and_pieces_do_not_matter(void **state)
{
	static struct shelf whole, other;
	struct chain_reading list[MOST];
	int order[MOST];
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 60; round++) {
		int n = random_stream(&seed, list);

		for (int i = 0; i < n; i++)
			order[i] = i;
		take(&whole, list, order, n, n);
		take(&other, list, order, n, 1);
		check_same(&other, &whole, round, "one by one");
		for (int i = 0; i < n; i++)
			order[i] = n - 1 - i;
		take(&other, list, order, n, 7);
		check_same(&other, &whole, round, "backwards");
		shuffle(&seed, order, n);
		take(&other, list, order, n, 1 + (int)random_below(&seed, 40));
		check_same(&other, &whole, round, "shuffled");
	}
}

static void a_window_is_small(void **state)
{
	static struct shelf s;
	static struct chain_reading list[MOST];
	struct window w = { 0 };
	long before;

	(void)state;
	for (int j = 0; j < MOST; j++) {
		list[j] = (struct chain_reading){ .weight = 1 };
		list[j].point.ts = 1700000000 + j * 3600;
		list[j].point.have = 1;
		list[j].point.value[0] = 1000000 + 10 * j;
		s.accepted[insert(&s, &list[j])] = true;
	}
	list[0].point.ts += 3600 * 250 + 60;
	list[0].point.value[0] = 7;
	assert_true(insert(&s, &list[0]) >= 0);
	before = s.read;
	judge_from_to(&s, &w, list[0].point.ts, list[0].point.ts);
	check_int("readings in the window", s.read - before, 101);
	window_free(&w);
}

/* Fill in hourly readings with `lies` lies from `first` on; 60 are accepted. */
static void fill_hours(struct shelf *s, int first, int lies)
{
	s->n = 0;
	for (int j = 0; j < 200; j++) {
		struct chain_reading one = { .weight = 1 };
		bool lie = j >= first && j < first + lies;

		one.point.ts = 1700000000 + j * 3600;
		one.point.have = 1;
		one.point.value[0] = (lie ? 5000000 : 1000000) + 10 * j;
		s->accepted[insert(s, &one)] = j < 60;
	}
}

static int count_held(const struct shelf *s)
{
	int held = 0;

	for (int j = 0; j < s->n; j++)
		held += !s->accepted[j];
	return held;
}

static void a_heavier_chain_widens_the_window(void **state)
{
	static struct shelf s;
	struct window w = { 0 };

	(void)state;
	/* The fiftieth accepted reading before the doubt is a lie. */
	fill_hours(&s, 5, 10);
	judge_from_to(&s, &w, 1700000000 + 60 * 3600, 1700000000 + 199 * 3600);
	check_int("held", count_held(&s), 10);
	check_int("a lie", s.accepted[10], false);
	check_int("the truth", s.accepted[199], true);
	window_free(&w);
}

static void what_contradicts_all_of_a_window_is_not_accepted(void **state)
{
	static struct shelf s;
	struct window w = { 0 };

	(void)state;
	/*
	 * A counter was reset after two and a half days: 140 readings against
	 * 60.
	 */
	fill_hours(&s, 0, 60);
	judge_from_to(&s, &w, 1700000000 + 60 * 3600, 1700000000 + 199 * 3600);
	check_int("held", count_held(&s), 140);
	check_int("before the fall", s.accepted[59], true);
	/* Fewer than fifty readings are not enough. */
	fill_hours(&s, 0, 40);
	for (int j = 40; j < 60; j++)
		s.accepted[j] = false;
	judge_from_to(&s, &w, 1700000000 + 40 * 3600, 1700000000 + 199 * 3600);
	check_int("held of the few", count_held(&s), 40);
	window_free(&w);
}

static void a_pin_outweighs_the_ends(void **state)
{
	static struct shelf s;
	struct window w = { 0 };

	(void)state;
	for (int j = 0; j < 300; j++) {
		struct chain_reading one = { .weight = 1 };

		one.point.ts = 1700000000 + j * 3600;
		one.point.have = 1;
		one.point.value[0] = 1000000 + 10 * j;
		s.accepted[insert(&s, &one)] = true;
	}
	s.list[150].point.value[0] = 90000000;
	s.list[150].pin = PIN_ACCEPTED;
	s.accepted[150] = false;
	judge_from_to(&s, &w, s.list[150].point.ts, s.list[150].point.ts);
	check_int("the pinned reading", s.accepted[150], true);
	check_int("the reading before it", s.accepted[149], true);
	check_int("the reading behind it", s.accepted[151], false);
	check_int("the last reading", s.accepted[299], false);
	window_free(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_and_pieces_do_not_matter),
		cmocka_unit_test(a_window_is_small),
		cmocka_unit_test(a_pin_outweighs_the_ends),
		cmocka_unit_test(a_heavier_chain_widens_the_window),
		cmocka_unit_test(
			what_contradicts_all_of_a_window_is_not_accepted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
