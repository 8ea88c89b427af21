/* Axes with round numbers, and amounts in words. */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include "base/span.h"
#include "graphs/amount.h"
#include "graphs/scale.h"

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
		{ "a quiet night", 190, 0, 5, &watt, 50, 0 },
		{ "whole watts only", 1, 0, 5, &watt, 1, 0 },
		{ "a month", 11513, 12000, 8, &kwh, 5, 0 },
		{ "small bars", 2142, 0, 8, &kwh, 0.5, 1 },
		{ "tiny bars", 45, 0, 5, &kwh, 0.01, 2 },
		{ "only down", 0, 900000, 5, &kwh, 200, 0 },
		{ "one line", 1000, 0, 1, &kwh, 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct scale s = scale_fit(cases[i].up, cases[i].down,
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
		if (s.high > 1.6 * (double)cases[i].up / size + 1.1 * s.step)
			fail_msg("%s: %g leaves half the canvas empty",
				 cases[i].name, s.high);
	}
}

static void no_label_stands_at_an_end(void **state)
{
	(void)state;
	for (int64_t up = 100; up < 10000; up += 7) {
		struct scale s = scale_fit(up, up / 3, 6, &watt);
		double air = 0.01 * (s.high - s.low);
		double behind = fmod(s.high, s.step);
		double before = fmod(-s.low, s.step);

		if (behind < air || behind > s.step - air || before < air ||
		    before > s.step - air)
			fail_msg("%lld: a grid line every %g touches %g or %g",
				 (long long)up, s.step, s.low, s.high);
	}
}

static void labels_get_the_room_they_need(void **state)
{
	struct scale s = scale_fit(900000000, 0, 5, &kwh);

	(void)state;
	assert_true(scale_label_length(&s) >= (int)strlen("800000 kWh"));
}

static void amounts_tell_every_small_unit(void **state)
{
	static const struct measure kwh_short = { "kWh", 1000, 1 };
	static const struct {
		int64_t value;
		const struct measure *m;
		const char
			*text; /* '_' is a no-break space, ' ' a narrow one */
	} cases[] = {
		{ 0, &kwh, "0.000_kWh" },
		{ 1, &kwh, "0.001_kWh" },
		{ 999999, &kwh, "999.999_kWh" },
		{ 1000000, &kwh, "1 000.000_kWh" },
		{ 1234567890, &kwh, "1 234 567.890_kWh" },
		{ -5, &kwh, "-0.005_kWh" },
		{ 4812, &watt, "4 812_W" },
		{ 1249, &kwh_short, "1.2_kWh" },
		{ 1250, &kwh_short, "1.3_kWh" },
		{ INT64_C(99999999999999), &kwh, "99 999 999 999.999_kWh" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[AMOUNT_TEXT], plain[AMOUNT_TEXT], *out = plain;

		amount_format(text, cases[i].value, cases[i].m);
		for (const char *in = text; *in;) {
			if (strncmp(in, "\u202f", 3) == 0) {
				*out++ = ' ';
				in += 3;
			} else if (strncmp(in, "\u00a0", 2) == 0) {
				*out++ = '_';
				in += 2;
			} else {
				*out++ = *in++;
			}
		}
		*out = '\0';
		check_text(cases[i].text, plain, cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scales_hold_their_values_in_round_steps),
		cmocka_unit_test(no_label_stands_at_an_end),
		cmocka_unit_test(labels_get_the_room_they_need),
		cmocka_unit_test(amounts_tell_every_small_unit),
	};

	return cmocka_run_group_tests_name("scale", tests, NULL, NULL);
}
