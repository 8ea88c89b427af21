/*
 * bench_chain WHAT READINGS LIES: judge a window of readings, one every 10 s,
 * with so many lies of five kinds, half of them in one register only, and print
 * how many were accepted; or, with `sort`, only sort them, for comparison.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "storage/judge/heaviest_chain.h"
#include "tests/storage/judge/random_readings.h"

static void lie(uint64_t *seed, struct chain_reading *list, size_t n,
		bool alone)
{
	const int at = (int)random_below(seed, (int64_t)n);
	const struct judge_point was = list[at].point;
	int i;

	random_lie(seed, list, at);
	if (!alone)
		return;
	do
		i = (int)random_below(seed, JUDGE_REGISTERS);
	while (!(was.have >> i & 1));
	for (int other = 0; other < JUDGE_REGISTERS; other++)
		if (other != i)
			list[at].point.value[other] = was.value[other];
}

static struct chain_reading *make(size_t n, size_t lies)
{
	struct chain_reading *list = calloc(n, sizeof(*list));
	uint64_t seed = 1;

	if (list == NULL)
		abort();
	for (size_t i = 0; i < n; i++) {
		list[i].weight = 1;
		list[i].point.ts = 1700000000 + 10 * (int64_t)i;
		list[i].point.have = 0x0c6;
		for (int r = 0; r < JUDGE_REGISTERS; r++)
			list[i].point.value[r] = 1000000 + 3 * (int64_t)i;
	}
	for (size_t i = 0; i < lies; i++)
		lie(&seed, list, n, i % 2 == 1);
	return list;
}

int main(int argc, char **argv)
{
	const struct judge_limits limits = { 55200, 55200, 10, 10, 200 };
	const struct judge_rates rates = judge_electricity(&limits);
	size_t n = argc > 3 ? strtoul(argv[2], NULL, 10) : 0, accepted = 0;
	struct chain_reading *list;
	int64_t weight;
	struct err e;

	if (n == 0)
		return 64;
	list = make(n, strtoul(argv[3], NULL, 10));
	qsort(list, n, sizeof(*list), chain_compare);
	if (strcmp(argv[1], "judge") == 0 &&
	    chain_find(&rates, list, n, CHAIN_ANY, &weight, &e) < 0)
		return 70;
	for (size_t i = 0; i < n; i++)
		accepted += list[i].chosen;
	printf("%zu\n", accepted);
	free(list);
	return 0;
}
