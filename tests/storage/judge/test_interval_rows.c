/* Which readings of an interval become rows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "storage/judge/interval_rows.h"
#include "tests/check.h"

enum { MOST = 16, STEP_S = 10, INTERVAL_S = 60 };

/*
 * Readings, ten seconds apart, of one register: accepted ones, and held ones,
 * which are negative. 0 ends the list.
 */
struct row {
	const char *name;
	int wh[MOST];
	int fixed;	   /* the first ones have rows already */
	const char *stays; /* place and weight of those that become rows */
};

static const struct row rows[] = {
	{ "nothing in doubt", { 100, 110, 120, 130 }, 0, "0:4" },
	{ "a row that exists counts nothing more",
	  { 100, 110, 120, 130 },
	  1,
	  "0:1 3:3" },
	{ "two intervals",
	  { 100, 110, 120, 130, 140, 150, 160, 170 },
	  0,
	  "0:6 6:2" },
	{ "a false one outweighed",
	  { 100, 110, 120, 130, 140, -50, 160, 170 },
	  0,
	  "0:5 5:1 6:2" },
	{ "two sides of one weight",
	  { 100, 110, 120, -50, -60, -70, 0 },
	  0,
	  "0:1 2:2 3:1 5:2" },
	{ "they part within the interval",
	  { 100, 110, 120, -105, -106, -107, 0 },
	  0,
	  "0:1 1:1 2:1 3:1 5:2" },
	{ "a false one among held ones",
	  { -100, -104, -95, -111, -115, 0 },
	  0,
	  "0:1 1:1 2:1 3:2" },
	{ "alike ones are two rows",
	  { 100, 101, 110, 120, -105, -106, 0 },
	  0,
	  "0:1 1:1 2:1 3:1 4:1 5:1" },
};

static size_t fill(const struct row *row, struct interval_reading *list)
{
	size_t n = 0;

	for (; row->wh[n] != 0; n++) {
		const int wh = row->wh[n];
		struct interval_reading *one = &list[n];

		*one = (struct interval_reading){
			.may_go = (int)n >= row->fixed,
			.may_count = (int)n >= row->fixed
		};
		one->reading.point =
			(struct judge_point){ .ts = STEP_S * (int64_t)n,
					      .have = 1,
					      .value = { wh < 0 ? -wh : wh } };
		one->reading.weight = 1;
		one->reading.held = wh < 0;
	}
	return n;
}

static void the_right_ones_become_rows(void **state)
{
	const struct judge_rates rates = judge_electricity(
		&(struct judge_limits){ 55200, 55200, 0, 0, 0 });

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct interval_reading list[MOST];
		const size_t n = fill(&rows[i], list);
		char is[200] = "";

		qsort(list, n, sizeof(*list), chain_compare);
		interval_rows_select(&rates, INTERVAL_S, list, n);
		for (size_t k = 0; k < n; k++)
			if (!list[k].gone)
				sprintf(is + strlen(is), "%s%zu:%d",
					is[0] ? " " : "", k,
					(int)list[k].reading.weight);
		check_text(rows[i].name, is, rows[i].stays);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_right_ones_become_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
