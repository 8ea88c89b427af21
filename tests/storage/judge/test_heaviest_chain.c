/* The heaviest chain, compared with every subset and with a plain search. */
#include <stdlib.h>

#include "storage/judge/heaviest_chain.h"
#include "tests/check.h"
#include "tests/storage/judge/random_readings.h"

enum { MOST = 64, SUBSETS_MOST = 11 };

static const struct judge_limits limits = { 55200, 55200, 10, 10, 200 };

/*
 * Can list[j] follow the newest value of each register in the readings chosen
 * before it?
 */
static bool fits(const struct judge_rates *r, const struct chain_reading *list,
		 const bool *in, int j)
{
	unsigned open = ~0u;

	for (int i = j - 1; i >= 0 && open; i--) {
		if (!in[i])
			continue;
		if (list[j].pin == PIN_ACCEPTED)
			return list[i].point.ts < list[j].point.ts;
		if (!judge_can_follow(r, &list[i].point, &list[j].point, open))
			return false;
		open &= list[j].point.have & ~list[i].point.have;
		if (list[i].pin == PIN_ACCEPTED)
			break;
	}
	return true;
}

static int64_t weigh(const struct chain_reading *one)
{
	return judge_is_zero(&one->point) ? one->weight : one->weight << 20;
}

/*
 * The weight of the readings list[i] with bit i in `set`; -1: they are not a
 * chain.
 */
static int64_t weigh_subset(const struct judge_rates *r,
			    const struct chain_reading *list, int n,
			    unsigned set)
{
	bool in[SUBSETS_MOST] = { false };
	int64_t weight = 0;

	for (int i = 0; i < n; i++) {
		if (!(set >> i & 1))
			continue;
		if (!fits(r, list, in, i))
			return -1;
		in[i] = true;
		weight += weigh(&list[i]);
	}
	return weight;
}

static void no_subset_is_heavier(void **state)
{
	struct judge_rates r = judge_electricity(&limits);
	struct chain_reading list[MOST];
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 300; round++) {
		int n = random_readings(&seed, list, SUBSETS_MOST, 0);
		int64_t weight, heaviest = 0;
		struct err e;

		assert_int_equal(
			chain_find(&r, list, (size_t)n, CHAIN_ANY, &weight, &e),
			0);
		for (unsigned set = 0; set < 1u << n; set++) {
			int64_t w = weigh_subset(&r, list, n, set);

			heaviest = w > heaviest ? w : heaviest;
		}
		check_int("weight", weight, heaviest);
	}
}

/* Find the chain by comparing all pairs. */
static void search_all_pairs(const struct judge_rates *r,
			     const struct chain_reading *list, int n, bool *in)
{
	int64_t best[MOST];
	int previous[MOST], end = -1;

	for (int j = 0; j < n; j++) {
		best[j] = 0;
		previous[j] = -1;
		if (list[j].pin == PIN_REJECTED)
			continue;
		for (int i = 0; i < j; i++) {
			bool before[MOST] = { false };

			for (int k = i; k >= 0; k = previous[k])
				before[k] = true;
			if (list[i].pin != PIN_REJECTED && best[i] > best[j] &&
			    list[i].point.ts < list[j].point.ts &&
			    fits(r, list, before, j)) {
				best[j] = best[i];
				previous[j] = i;
			}
		}
		best[j] += weigh(&list[j]);
		best[j] += list[j].pin == PIN_ACCEPTED ? INT64_C(1) << 50 : 0;
		if (end < 0 || best[j] > best[end])
			end = j;
	}
	memset(in, 0, MOST * sizeof(*in));
	for (int i = end; i >= 0; i = previous[i])
		in[i] = true;
}

static void the_tree_finds_what_all_pairs_find(void **state)
{
	struct judge_rates r = judge_electricity(&limits);
	struct chain_reading list[MOST];
	bool in[MOST];
	uint64_t seed = 2;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		int n = random_readings(&seed, list, MOST,
					RANDOM_FORMS | RANDOM_PINS);
		int64_t weight;
		struct err e;

		assert_int_equal(
			chain_find(&r, list, (size_t)n, CHAIN_ANY, &weight, &e),
			0);
		search_all_pairs(&r, list, n, in);
		for (int i = 0; i < n; i++)
			if (list[i].chosen != in[i])
				fail_msg("round %d, reading %d of %d: %d",
					 round, i, n, list[i].chosen);
	}
}

/* A small story: the values of each minute, and which are to be accepted. */
struct story {
	const char *name;
	int n;
	int64_t value[8]; /* of import_total; -1: only export_total is shown */
	enum pin pin[8];
	bool chosen[8];
};

static const struct story stories[] = {
	{ "truth", 3, { 1000, 1001, 1002 }, { 0 }, { 1, 1, 1 } },
	{ "a jump", 4, { 1000, 901000, 1002, 1003 }, { 0 }, { 1, 0, 1, 1 } },
	{ "two false steps",
	  7,
	  { 1000, 1001, 1500, 1501, 1002, 1003, 1004 },
	  { 0 },
	  { 1, 1, 0, 0, 1, 1, 1 } },
	{ "of two equal ones that which ends first",
	  2,
	  { 5000, 100 },
	  { 0 },
	  { 1, 0 } },
	{ "zeros do not outvote a count",
	  5,
	  { 7000, 0, 0, 0, 0 },
	  { 0 },
	  { 1, 0, 0, 0, 0 } },
	{ "a meter that starts",
	  5,
	  { 0, 0, 0, 2, 3 },
	  { 0 },
	  { 1, 1, 1, 1, 1 } },
	{ "a dead channel before the truth",
	  5,
	  { 0, 0, 0, 90000, 90001 },
	  { 0 },
	  { 0, 0, 0, 1, 1 } },
	{ "a roll-over",
	  4,
	  { 99999990, 99999998, 6, 9 },
	  { 0 },
	  { 1, 1, 1, 1 } },
	{ "a reading without import hides no fall",
	  5,
	  { 1000, -1, 400, 401, 402 },
	  { 0 },
	  { 0, 0, 1, 1, 1 } },
	{ "a pinned fall begins a new run",
	  4,
	  { 1000, 1001, 400, 401 },
	  { 0, 0, PIN_ACCEPTED, 0 },
	  { 1, 1, 1, 1 } },
	{ "a rejected reading",
	  3,
	  { 1000, 1001, 1002 },
	  { 0, PIN_REJECTED, 0 },
	  { 1, 0, 1 } },
	{ "all rejected",
	  2,
	  { 1000, 1001 },
	  { PIN_REJECTED, PIN_REJECTED },
	  { 0, 0 } },
};

static void stories_end_well(void **state)
{
	struct judge_rates r = judge_electricity(&limits);

	(void)state;
	for (size_t k = 0; k < COUNT(stories); k++) {
		const struct story *s = &stories[k];
		struct chain_reading list[8];
		int64_t weight;
		struct err e;

		for (int i = 0; i < s->n; i++) {
			list[i] = (struct chain_reading){
				.point = { .ts = 1700000000 + 60 * i },
				.weight = 1,
				.pin = s->pin[i],
			};
			if (s->value[i] >= 0) {
				list[i].point.have = 1 << Q_IMPORT_TOTAL;
				list[i].point.value[0] = s->value[i];
			}
			list[i].point.have |= 1 << Q_EXPORT_TOTAL;
			list[i].point.value[Q_EXPORT_TOTAL] = 50;
		}
		assert_int_equal(chain_find(&r, list, (size_t)s->n, CHAIN_ANY,
					    &weight, &e),
				 0);
		for (int i = 0; i < s->n; i++)
			if (list[i].chosen != s->chosen[i])
				fail_msg("%s: reading %d", s->name, i);
	}
}

static void a_fixed_end_stays(void **state)
{
	struct judge_rates r = judge_electricity(&limits);
	struct chain_reading list[4];
	int64_t any, fixed;
	struct err e;

	(void)state;
	for (int i = 0; i < 4; i++)
		list[i] = (struct chain_reading){
			.point = { 1700000000 + 60 * i, 1, { 100 + i } },
			.weight = 1,
		};
	list[0].point.value[0] = 5000;
	assert_int_equal(chain_find(&r, list, 4, CHAIN_ANY, &any, &e), 0);
	assert_false(list[0].chosen);
	assert_int_equal(chain_find(&r, list, 4, CHAIN_FIRST, &fixed, &e), 0);
	assert_true(list[0].chosen);
	assert_false(list[3].chosen);
	assert_true(fixed < any);
	assert_int_equal(
		chain_find(&r, list, 4, CHAIN_FIRST | CHAIN_LAST, &fixed, &e),
		0);
	assert_false(list[0].chosen && list[3].chosen);
}

/*
 * The newest reading shows the tariffs; their sum in older ones does not count.
 */
static void tariffs_are_not_compared_with_a_total_twice(void **state)
{
	struct judge_rates r = judge_electricity(&limits);
	struct chain_reading list[3] = {
		{ .point = { 1700000000, 0x6, { 0, 400, 600 } }, .weight = 1 },
		{ .point = { 1700000060, 0x6, { 0, 401, 600 } }, .weight = 1 },
		{ .point = { 1700000120, 0xf, { 90000, 402, 600, 88998 } },
		  .weight = 1 },
	};
	int64_t weight;
	struct err e;

	(void)state;
	assert_int_equal(chain_find(&r, list, 3, CHAIN_ANY, &weight, &e), 0);
	for (int i = 0; i < 3; i++)
		assert_true(list[i].chosen);
}

static void weights_vote(void **state)
{
	struct judge_rates r = judge_mbus(&limits, MEDIUM_GAS, UNIT_DM3);
	struct chain_reading list[3] = {
		{ .point = { 1700000000, 1, { 90000 } }, .weight = 5 },
		{ .point = { 1700000060, 1, { 100 } }, .weight = 3 },
		{ .point = { 1700000120, 1, { 101 } }, .weight = 1 },
	};
	int64_t weight;
	struct err e;

	(void)state;
	assert_int_equal(chain_find(&r, list, 3, CHAIN_ANY, &weight, &e), 0);
	assert_true(list[0].chosen);
	list[2].weight = 3;
	assert_int_equal(chain_find(&r, list, 3, CHAIN_ANY, &weight, &e), 0);
	assert_false(list[0].chosen);
	assert_int_equal(chain_find(&r, list, 0, CHAIN_ANY, &weight, &e), 0);
	assert_int_equal(weight, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_subset_is_heavier),
		cmocka_unit_test(the_tree_finds_what_all_pairs_find),
		cmocka_unit_test(stories_end_well),
		cmocka_unit_test(a_fixed_end_stays),
		cmocka_unit_test(tariffs_are_not_compared_with_a_total_twice),
		cmocka_unit_test(weights_vote),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
