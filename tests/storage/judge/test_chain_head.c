/* The newest accepted readings: which readings follow without a search. */
#include "storage/judge/chain_head.h"
#include "tests/check.h"

enum { NOW = 1700000000 };

static const struct judge_limits limits = { 55200, 55200, 10, 10, 200 };

static struct judge_point point(int64_t ts, unsigned have, int64_t t1,
				int64_t t2)
{
	struct judge_point p = { .ts = ts, .have = have };

	p.value[Q_IMPORT_T1] = t1;
	p.value[Q_IMPORT_T2] = t2;
	return p;
}

enum { T1 = 1u << Q_IMPORT_T1, BOTH = T1 | 1u << Q_IMPORT_T2 };

/* Each telegram of a quarter of an hour has the same gas reading. */
static void a_reading_that_is_said_again_is_known(void **state)
{
	static const struct {
		const char *name;
		int64_t after_s;
		unsigned have;
		int64_t t1, t2;
		bool has;
	} cases[] = {
		{ "the newest", 20, BOTH, 12, 7, true },
		{ "the newest of other registers", 10, T1, 11, 0, true },
		{ "an older one", 0, BOTH, 10, 7, false },
		{ "another time", 21, BOTH, 12, 7, false },
		{ "another value", 20, BOTH, 12, 8, false },
		{ "fewer registers", 20, T1, 12, 0, false },
		{ "registers never seen", 20, 1u << Q_IMPORT_TOTAL, 0, 0,
		  false },
	};
	const struct judge_rates rates = judge_electricity(&limits);
	const struct judge_point first = point(NOW, BOTH, 10, 7);
	const struct judge_point second = point(NOW + 10, T1, 11, 0);
	const struct judge_point third = point(NOW + 20, BOTH, 12, 7);
	struct chain_head h = chain_head_empty();

	(void)state;
	assert_false(chain_head_has(&h, &first));
	chain_head_add(&h, &first, 1);
	chain_head_add(&h, &second, 1);
	chain_head_add(&h, &third, 1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct judge_point p =
			point(NOW + cases[i].after_s, cases[i].have,
			      cases[i].t1, cases[i].t2);

		check_int(cases[i].name, chain_head_has(&h, &p), cases[i].has);
		if (cases[i].has)
			check_int(cases[i].name,
				  chain_head_accepts(&h, &rates, &p), false);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reading_that_is_said_again_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
