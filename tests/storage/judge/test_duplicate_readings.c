/* Which new readings say nothing new. */
#include <stdlib.h>

#include "storage/judge/duplicate_readings.h"
#include "tests/check.h"

enum { MOST = 8, INTERVAL_S = 60 };

/* A reading, and what is found: '=' the same is there, 'r' has a row, '.' new. */
struct said {
	int64_t ts;
	int wh;
	enum { NEW, ACCEPTED, HELD, REJECTED } what;
	char want;
};

static const struct row {
	const char *name;
	struct said said[MOST]; /* ends with a time of 0 */
} rows[] = {
	{ "the same again",
	  { { 60, 100, ACCEPTED, 0 },
	    { 60, 100, NEW, '=' },
	    { 120, 90, HELD, 0 },
	    { 120, 90, NEW, '=' } } },
	{ "twice, and new", { { 60, 100, NEW, '.' }, { 60, 100, NEW, '=' } } },
	{ "the same time, but not the same",
	  { { 60, 100, ACCEPTED, 0 }, { 60, 101, NEW, '.' } } },
	{ "held for its time, or rejected",
	  { { 60, 100, REJECTED, 0 }, { 60, 100, NEW, '.' } } },
	{ "an interval with a row",
	  { { 60, 100, ACCEPTED, 0 },
	    { 70, 105, NEW, 'r' },
	    { 110, 105, NEW, 'r' },
	    { 120, 110, ACCEPTED, 0 } } },
	{ "one with a later row",
	  { { 70, 105, NEW, 'r' }, { 80, 106, ACCEPTED, 0 } } },
	{ "one without", { { 60, 100, ACCEPTED, 0 }, { 130, 105, NEW, '.' } } },
	{ "less than before",
	  { { 60, 100, ACCEPTED, 0 }, { 70, 99, NEW, '.' } } },
	{ "more than after",
	  { { 60, 100, ACCEPTED, 0 },
	    { 70, 111, NEW, '.' },
	    { 120, 110, ACCEPTED, 0 } } },
	{ "a held one has no row",
	  { { 60, 100, HELD, 0 }, { 70, 100, NEW, '.' } } },
};

static size_t fill(const struct row *row, struct interval_reading *list)
{
	size_t n = 0;

	for (; n < MOST && row->said[n].ts != 0; n++) {
		const struct said *one = &row->said[n];

		list[n] =
			(struct interval_reading){ .is_new = one->what == NEW };
		list[n].reading.point = (struct judge_point){
			.ts = one->ts, .have = 1, .value = { one->wh }
		};
		list[n].reading.weight = 1;
		list[n].reading.held = one->what != ACCEPTED;
		if (one->what == REJECTED)
			list[n].reading.pin = PIN_REJECTED;
	}
	return n;
}

static void what_is_known_is_found(void **state)
{
	const struct judge_rates rates = judge_electricity(
		&(struct judge_limits){ 55200, 55200, 0, 0, 0 });

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct interval_reading list[MOST];
		const size_t n = fill(&rows[i], list);

		duplicate_readings_find(&rates, INTERVAL_S, list, n);
		for (size_t k = 0; k < n; k++) {
			const char want = rows[i].said[k].want;
			const char is = list[k].known == KNOWN_SAME	? '='
					: list[k].known == KNOWN_BY_ROW ? 'r'
									: '.';

			if (list[k].is_new)
				check_int(rows[i].name, is, want);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_known_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
