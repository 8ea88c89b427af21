/*
 * Continuous counters: each story has the values of meters and the consumption.
 */
#include "storage/judge/counter_offsets.h"
#include "tests/check.h"

enum { MOST = 6, T = 1 << Q_IMPORT_TOTAL };

enum {
	T1 = 1 << Q_IMPORT_T1,
	T2 = 1 << Q_IMPORT_T2,
	BOTH = T1 | T2,
};

struct said {
	int meter;
	unsigned have;
	int64_t total, t1, t2;
};

/* `counted` is the import from the first reading to the last. */
static const struct story {
	const char *name;
	struct said said[MOST];
	enum run_start start[MOST];
	int64_t counted, counted_t1;
} stories[] = {
	{ "one meter",
	  { { 1, T, 100, 0, 0 }, { 1, T, 130, 0, 0 } },
	  { RUN_FIRST, RUN_GOES_ON },
	  30,
	  0 },
	{ "a new meter",
	  { { 1, T, 5000, 0, 0 }, { 2, T, 3, 0, 0 }, { 2, T, 10, 0, 0 } },
	  { RUN_FIRST, RUN_METER, RUN_GOES_ON },
	  7,
	  0 },
	{ "what a meter counts elsewhere is not ours",
	  { { 1, T, 100, 0, 0 },
	    { 1, T, 110, 0, 0 },
	    { 2, T, 7, 0, 0 },
	    { 2, T, 9, 0, 0 },
	    { 1, T, 900, 0, 0 },
	    { 1, T, 901, 0, 0 } },
	  { RUN_FIRST, RUN_GOES_ON, RUN_METER, RUN_GOES_ON, RUN_METER,
	    RUN_GOES_ON },
	  10 + 2 + 1,
	  0 },
	{ "nor of a register that the meter there does not show",
	  { { 1, BOTH, 0, 400, 600 },
	    { 2, T2, 0, 0, 5 },
	    { 1, BOTH, 0, 450, 700 },
	    { 1, BOTH, 0, 451, 700 } },
	  { RUN_FIRST, RUN_METER, RUN_METER, RUN_GOES_ON },
	  1,
	  1 },
	{ "a roll-over",
	  { { 1, T, 99999990, 0, 0 }, { 1, T, 5, 0, 0 } },
	  { RUN_FIRST, RUN_ROLLED },
	  15,
	  0 },
	{ "a tariff rolls over",
	  { { 1, BOTH, 0, 99999990, 50000000 }, { 1, BOTH, 0, 5, 50000002 } },
	  { RUN_FIRST, RUN_ROLLED },
	  17,
	  15 },
	{ "a reset that was accepted",
	  { { 1, T, 5000, 0, 0 }, { 1, T, 40, 0, 0 }, { 1, T, 50, 0, 0 } },
	  { RUN_FIRST, RUN_RESET, RUN_GOES_ON },
	  10,
	  0 },
	{ "a tariff is reset",
	  { { 1, BOTH, 0, 5000, 7000 },
	    { 1, BOTH, 0, 40, 7001 },
	    { 1, BOTH, 0, 50, 7001 } },
	  { RUN_FIRST, RUN_RESET, RUN_GOES_ON },
	  1 + 10,
	  10 },
	{ "a total, then tariffs",
	  { { 1, T, 1000, 0, 0 },
	    { 1, T, 1010, 0, 0 },
	    { 1, BOTH, 0, 400, 625 },
	    { 1, BOTH, 0, 410, 625 } },
	  { RUN_FIRST, RUN_GOES_ON, RUN_FORM, RUN_GOES_ON },
	  35,
	  10 },
	{ "tariffs, then a total, and back",
	  { { 1, BOTH, 0, 400, 600 },
	    { 1, T, 1005, 0, 0 },
	    { 1, BOTH, 0, 407, 603 } },
	  { RUN_FIRST, RUN_FORM, RUN_FORM },
	  10,
	  7 },
	{ "digits that the tariffs cut off never count backwards",
	  { { 1, T, 1000, 0, 0 },
	    { 1, BOTH, 0, 399, 600 },
	    { 1, BOTH, 0, 400, 600 } },
	  { RUN_FIRST, RUN_FORM, RUN_GOES_ON },
	  1,
	  1 },
	{ "nor do they count in the total that comes back",
	  { { 1, T, 1000, 0, 0 },
	    { 1, BOTH, 0, 399, 600 },
	    { 1, T, 1005, 0, 0 } },
	  { RUN_FIRST, RUN_FORM, RUN_FORM },
	  5,
	  0 },
	{ "a total that is not its tariffs' sum, and pauses",
	  { { 1, T | BOTH, 9000, 400, 600 },
	    { 1, BOTH, 0, 402, 601 },
	    { 1, T | BOTH, 9005, 403, 602 } },
	  { RUN_FIRST, RUN_FORM, RUN_FORM },
	  5,
	  3 },
	{ "the same, below the sum",
	  { { 1, T | BOTH, 90, 400, 600 },
	    { 1, BOTH, 0, 402, 601 },
	    { 1, BOTH, 0, 402, 601 },
	    { 1, T | BOTH, 95, 403, 602 } },
	  { RUN_FIRST, RUN_FORM, RUN_GOES_ON, RUN_FORM },
	  5,
	  3 },
	{ "a new meter's total pauses",
	  { { 1, T | BOTH, 9000, 400, 600 },
	    { 2, BOTH, 0, 10, 20 },
	    { 2, T | BOTH, 50, 11, 20 },
	    { 2, BOTH, 0, 12, 20 },
	    { 2, T | BOTH, 52, 13, 20 } },
	  { RUN_FIRST, RUN_METER, RUN_FORM, RUN_FORM, RUN_FORM },
	  20 + 2,
	  3 },
	{ "a register that pauses goes on",
	  { { 1, BOTH, 0, 400, 600 },
	    { 1, T2, 0, 0, 610 },
	    { 1, BOTH, 0, 420, 612 } },
	  { RUN_FIRST, RUN_FORM, RUN_FORM },
	  32,
	  20 },
	{ "a register that appears counts from there",
	  { { 1, T1, 0, 400, 0 },
	    { 1, BOTH, 0, 401, 600 },
	    { 1, BOTH, 0, 402, 605 } },
	  { RUN_FIRST, RUN_FORM, RUN_GOES_ON },
	  1 + 6,
	  2 },
};

static struct judge_point point_of(const struct said *s)
{
	struct judge_point p = { .have = s->have };

	p.value[Q_IMPORT_TOTAL] = s->total;
	p.value[Q_IMPORT_T1] = s->t1;
	p.value[Q_IMPORT_T2] = s->t2;
	return p;
}

static void stories_add_up(void **state)
{
	(void)state;
	for (size_t k = 0; k < COUNT(stories); k++) {
		const struct story *s = &stories[k];
		int64_t first[2] = { 0 }, newest[2] = { 0 };
		struct counter_offsets c = { 0 };

		for (int i = 0; i < MOST && s->said[i].meter != 0; i++) {
			const struct judge_point p = point_of(&s->said[i]);
			unsigned known = c.known;

			check_int(s->name,
				  counter_offsets_add(&c, s->said[i].meter, &p),
				  s->start[i]);
			for (int r = 0; r < 2; r++) {
				int64_t now = counter_offsets_counter(&c, r);

				if (!(known >> r & 1))
					first[r] = now;
				else if (now < newest[r])
					fail_msg("%s: falls", s->name);
				newest[r] = now;
			}
		}
		check_int(s->name, newest[0] - first[0], s->counted);
		check_int(s->name, newest[1] - first[1], s->counted_t1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stories_add_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
