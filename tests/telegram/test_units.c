#include <string.h>

#include "telegram/units.h"
#include "tests/check.h"

static void printed_values_become_counts(void **state)
{
	static const struct {
		const char *text;
		enum unit unit;
		bool ok;
		int64_t want;
	} cases[] = {
		{ "001234.567*kWh", UNIT_WH, true, 1234567 },
		{ "006545766*Wh", UNIT_WH, true, 6545766 },
		{ "01219311.383*Wh", UNIT_WH, true, 1219311 },
		{ "00052185.7825309*kWh", UNIT_WH, true, 52185782 },
		{ "99999999.999*kWh", UNIT_WH, true, INT64_C(99999999999) },
		{ "000001.5*KWH", UNIT_WH, true, 1500 },
		{ "000001.5kWh", UNIT_WH, true, 1500 },
		{ "000001.5", UNIT_WH, true, 1500 },
		{ "  1.5 * kWh ", UNIT_WH, true, 1500 },
		{ "0000.433*kW", UNIT_W, true, 433 },
		{ "24000*W", UNIT_W, true, 24000 },
		{ "002124.86*W", UNIT_W, true, 2124 },
		{ "0000.242*kV", UNIT_MV, true, 242000 },
		{ "230.1*V", UNIT_MV, true, 230100 },
		{ "230100*mV", UNIT_MV, true, 230100 },
		{ "0000.016*kA", UNIT_MA, true, 16000 },
		{ "003.41*A", UNIT_MA, true, 3410 },
		{ "3410*mA", UNIT_MA, true, 3410 },
		{ "999A", UNIT_MA, true, 999000 },
		{ "00246.138*m3", UNIT_DM3, true, 246138 },
		{ "246138*dm3", UNIT_DM3, true, 246138 },
		{ "240.860*GJ", UNIT_MJ, true, 240860 },
		{ "33221.122*MJ", UNIT_MJ, true, 33221 },
		{ "1.000*kvarh", UNIT_VARH, true, 1000 },
		{ "1.000*kVArh", UNIT_VARH, true, 1000 },
		{ "747*varh", UNIT_VARH, true, 747 },
		{ "1.229*kVAr", UNIT_VAR, true, 1229 },
		{ "166*var", UNIT_VAR, true, 166 },
		{ "00013", UNIT_NUMBER, true, 13 },
		{ "1.000*kW", UNIT_WH, false, 0 },
		{ "1.000*kWh", UNIT_W, false, 0 },
		{ "1.000*xyz", UNIT_W, false, 0 },
		{ "1.000*kVA", UNIT_W, false, 0 },
		{ "-063*A", UNIT_MA, false, 0 },
		{ "1,0*kW", UNIT_W, false, 0 },
		{ "*kWh", UNIT_WH, false, 0 },
		{ "", UNIT_WH, false, 0 },
		{ "13*s", UNIT_NUMBER, false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct printed p = printed_split(span_of(cases[i].text));
		int64_t v = 0;

		check_int(cases[i].text, printed_count(p, cases[i].unit, &v),
			  cases[i].ok);
		check_int(cases[i].text, v, cases[i].want);
	}
}

static void units_are_found(void **state)
{
	static const char with_nul[] = { 'W', '\0', 'h' };
	static const char nul_behind[] = { 'W', '\0' };
	int scale = -1;

	(void)state;
	check_int("gj", unit_find(SPAN("gj"), &scale), UNIT_MJ);
	check_int("gj", scale, 3);
	check_int("kVA", unit_find(SPAN("kVA"), &scale), UNIT_COUNT);
	check_int("none", unit_find(SPAN(""), &scale), UNIT_COUNT);
	check_int("a byte 0 in it",
		  unit_find((struct span){ with_nul, 3 }, &scale), UNIT_COUNT);
	check_int("a byte 0 behind it",
		  unit_find((struct span){ nul_behind, 2 }, &scale),
		  UNIT_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(printed_values_become_counts),
		cmocka_unit_test(units_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
