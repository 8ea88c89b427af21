/* Random readings of one electricity meter, some of them false. */
#ifndef TESTS_RANDOM_READINGS_H
#define TESTS_RANDOM_READINGS_H

#include <stdlib.h>

#include "storage/judge/heaviest_chain.h"

enum {
	RANDOM_FORMS =
		1, /* some readings lack registers, or show the tariffs */
	RANDOM_PINS = 2,
};

static inline int64_t random_below(uint64_t *seed, int64_t n)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (int64_t)(*seed >> 33) % n;
}

static inline void random_lie(uint64_t *seed, struct chain_reading *list,
			      int at)
{
	int64_t earlier = random_below(seed, at + 1);
	int64_t by = random_below(seed, 90000000);
	int kind = (int)random_below(seed, 5);

	for (int i = 0; i < JUDGE_REGISTERS; i++) {
		int64_t v = list[at].point.value[i];
		const int64_t says[] = { 0, v + by, v - by / 100,
					 v + by / 300000,
					 list[earlier].point.value[i] };

		list[at].point.value[i] = says[kind] < 0 ? 0 : says[kind];
	}
}

/* Choose the registers of a reading: all of import and export, or fewer. */
static inline unsigned random_form(uint64_t *seed)
{
	static const unsigned forms[] = { 0x063, 0x021, 0x046, 0x020, 0x007 };

	return forms[random_below(seed, (int64_t)COUNT(forms))];
}

/* Fill list with 2 to `most` different readings in order. Returns how many. */
static inline int random_readings(uint64_t *seed, struct chain_reading *list,
				  int most, unsigned with)
{
	int64_t every = 10 + random_below(seed, 600);
	int64_t value = random_below(seed, 8) == 0 ? 99999000 : 1000000;
	int n = 2 + (int)random_below(seed, most - 1), kept = 0;

	for (int j = 0; j < n; j++) {
		struct chain_reading *one = &list[j];

		*one = (struct chain_reading){ .weight = 1 };
		one->point.ts = 1700000000 + j * every;
		one->point.have = 0x063;
		for (int i = 0; i < JUDGE_REGISTERS; i++)
			one->point.value[i] = value + j * 2 + i % 5 * j;
		if (random_below(seed, 3) == 0)
			random_lie(seed, list, j);
		if (random_below(seed, 12) == 0 && j > 0)
			one->point.ts -= every;
		if (with & RANDOM_FORMS && random_below(seed, 5) == 0)
			one->point.have = random_form(seed);
		if (with & RANDOM_PINS && random_below(seed, 20) == 0)
			one->pin = random_below(seed, 2) ? PIN_ACCEPTED
							 : PIN_REJECTED;
	}
	qsort(list, (size_t)n, sizeof(*list), chain_compare);
	for (int j = 1; j < n; j++)
		if (chain_compare(&list[kept], &list[j]) != 0)
			list[++kept] = list[j];
	return kept + 1;
}

#endif
