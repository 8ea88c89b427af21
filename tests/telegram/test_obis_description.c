/* What references mean, where they are stored, and the value of a line. */
#include <stdio.h>

#include "telegram/obis_code.h"
#include "telegram/obis_description.h"
#include "telegram/obis_quantities.h"
#include "tests/check.h"

static void references_have_a_meaning_and_a_place(void **state)
{
	static const struct {
		const char *obis, *meaning, *kept;
		bool personal;
	} cases[] = {
		{ "1-0:1.8.0", "energy from the grid",
		  "electricity.import_total_wh", false },
		{ "1-0:1.8.1", "energy from the grid, tariff 1",
		  "electricity.import_t1_wh", false },
		{ "1-1:2.8.2", "energy returned, tariff 2",
		  "electricity.export_t2_wh", false },
		{ "1-0:72.36.0", "voltage swells, L3",
		  "quality.voltage_swells_l3", false },
		{ "1-0:41.7.0", "power from the grid, L2",
		  "phases.power_import_l2_w", false },
		{ "1-0:1.7.255", "power from the grid",
		  "electricity.power_import_w", false },
		{ "1-1:1.6.0", "peak power of the month",
		  "demand.demand_peak_w", false },
		{ "1-0:16.7.0", "power drawn minus returned", "", false },
		{ "1-0:36.24.0", "average power, drawn minus returned, L1", "",
		  false },
		{ "1-0:96.1.0", "an identifier", "", true },
		{ "1-0:44.7.0", "reactive power returned, L2", "", false },
		{ "1-0:14.7.0", "frequency", "", false },
		{ "1-0:91.7.0", "current, neutral", "", false },
		{ "0-3:24.2.1", "M-Bus 3: counter and its time", "mbus.value",
		  false },
		{ "0-2:96.1.1", "M-Bus 2: identifier", "meter.identifier",
		  true },
		{ "0-0:96.1.1", "identifier of the meter", "meter.identifier",
		  true },
		{ "0-0:96.1.2", "EAN of the connection, or a key", "", true },
		{ "0-0:96.1.4", "version of the telegram", "identity.version",
		  false },
		{ "0-0:96.13.0", "text message", "message.text", true },
		{ "0-0:96.13.4", "text message", "", true },
		{ "0-2:96.3.10", "state of relay 2", "", false },
		{ "0-0:96.3.10", "breaker: 0 off, 1 on, 2 ready",
		  "state.breaker", false },
		{ "7-0:23.1.0", "gas: counter and its time", "mbus.value",
		  false },
		{ "5-0:1.0.0", "heat: counter", "mbus.value", false },
		{ "9-9:9.9.9", "", "", false },
		{ "no reference", "", "", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint32_t obis = obis_parse(span_of(cases[i].obis));
		char meaning[OBIS_DESCRIPTION_TEXT], kept[KEPT_TEXT];

		check_text(cases[i].obis, obis_description_text(meaning, obis),
			   cases[i].meaning);
		check_text(cases[i].obis, kept_text(kept, obis), cases[i].kept);
		check_int(cases[i].obis, obis_description_is_personal(obis),
			  cases[i].personal);
	}
}

static void every_quantity_has_a_meaning_and_a_place(void **state)
{
	(void)state;
	for (int q = 0; q < Q_COUNT; q++) {
		uint32_t obis = obis_parse(quantities[q].obis);
		char meaning[OBIS_DESCRIPTION_TEXT], kept[KEPT_TEXT];

		if (*obis_description_text(meaning, obis) == '\0' ||
		    *kept_text(kept, obis) == '\0')
			fail_msg("%s: '%s' in '%s'", quantities[q].name,
				 meaning, kept);
	}
}

static void the_value_of_a_line_is_found(void **state)
{
	static const struct {
		const char *groups, *number, *unit;
	} cases[] = {
		{ "(001234.567*kWh)", "001234.567", "kWh" },
		{ "(0001)", "0001", "" },
		{ "()", "", "" },
		{ "(999A)", "999", "A" },
		{ "(200310123504W)", "200310123504W", "" },
		{ "(200310123504W)(01621.615*m3)", "01621.615", "m3" },
		{ "(01238.740*m3)(19-01-01 00:00:00)", "01238.740", "m3" },
		{ "(121213140000)(00)(60)(1)(0-1:24.2.1)(m3)\r\n(00947.680)",
		  "00947.680", "m3" },
		{ "( 49.99 * Hz )", "49.99", "Hz" },
		{ "no group", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct line_value v = line_value(span_of(cases[i].groups));
		char got[64];

		snprintf(got, sizeof(got), "%.*s|%.*s", SPAN_ARG(v.number),
			 SPAN_ARG(v.unit));
		if (strlen(got) != strlen(cases[i].number) + 1 +
					   strlen(cases[i].unit) ||
		    strncmp(got, cases[i].number, strlen(cases[i].number)))
			fail_msg("%s: %s", cases[i].groups, got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_have_a_meaning_and_a_place),
		cmocka_unit_test(every_quantity_has_a_meaning_and_a_place),
		cmocka_unit_test(the_value_of_a_line_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
