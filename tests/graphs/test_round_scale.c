/* Axes with round numbers. */
#include "tests/check.h"

#include <math.h>

#include "base/span.h"
#include "graphs/round_scale.h"

static const struct measure watt = { "W", 1, 0 };
static const struct measure kwh = { "kWh", 1000, 3 };

static void scales_hold_their_values_in_round_steps(void **state)
{
	static const struct {
		const char *name;
		int64_t up, down;
		int lines;
		const struct measure *m;
		double step;
		int decimals;
	} cases[] = {
		{ "nothing", 0, 0, 5, &watt, 1, 0 },
		{ "a day", 2460, 3000, 8, &watt, 1000, 0 },
		{ "a quiet night", 190, 0, 6, &watt, 50, 0 },
		{ "whole watts only", 1, 0, 5, &watt, 1, 0 },
		{ "a month", 11513, 12000, 8, &kwh, 5, 0 },
		{ "small bars", 2142, 0, 8, &kwh, 0.5, 1 },
		{ "tiny bars", 45, 0, 6, &kwh, 0.01, 2 },
		{ "two decimals at most", 24, 0, 8, &kwh, 0.01, 2 },
		{ "a single Wh", 1, 0, 8, &kwh, 0.01, 2 },
		{ "only down", 0, 900000, 6, &kwh, 200, 0 },
		{ "three lines at least", 1900, 0, 1, &kwh, 1, 0 },
	};
	const struct air air = { 0.1, 0.05 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct scale s = scale_fit(cases[i].up, cases[i].down, air,
					   cases[i].lines, cases[i].m);
		double size = (double)cases[i].m->size;

		if (fabs(s.step - cases[i].step) > 1e-9)
			fail_msg("%s: steps of %g, not %g", cases[i].name,
				 s.step, cases[i].step);
		check_int(cases[i].name, s.decimals, cases[i].decimals);
		if (s.high * size < (double)cases[i].up ||
		    -s.low * size < (double)cases[i].down)
			fail_msg("%s: %g to %g cuts values off", cases[i].name,
				 s.low, s.high);
	}
}

static void air_is_a_part_of_the_axis(void **state)
{
	const struct air air = { 0.2, 0.1 };
	struct scale s = scale_fit(3000, 500, air, 6, &watt);
	double length = s.high - s.low;

	(void)state;
	assert_true(fabs((s.high - 3000) / length - 0.2) < 1e-9);
	assert_true(fabs((-s.low - 500) / length - 0.1) < 1e-9);
	s = scale_fit(3000, 0, air, 6, &watt);
	assert_true(s.low == 0);
	assert_true(fabs((s.high - 3000) / s.high - 0.2) < 1e-9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scales_hold_their_values_in_round_steps),
		cmocka_unit_test(air_is_a_part_of_the_axis),
	};

	return cmocka_run_group_tests_name("scale", tests, NULL, NULL);
}
