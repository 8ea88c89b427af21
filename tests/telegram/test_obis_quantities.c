#include <stdio.h>
#include <string.h>

#include "telegram/obis_code.h"
#include "telegram/obis_quantities.h"
#include "tests/check.h"

static int find(struct span reference)
{
	return quantity_of(obis_parse(reference));
}

static void each_is_found_by_its_reference(void **state)
{
	(void)state;
	for (int q = 0; q < Q_COUNT; q++) {
		uint32_t obis = obis_parse(quantities[q].obis);

		check_int(quantities[q].name, find(quantities[q].obis), q);
		check_int(quantities[q].name, obis_common(obis), obis);
	}
	check_int("group F", find(SPAN("1-0:1.8.1*255")), Q_IMPORT_T1);
	check_int("unknown", find(SPAN("1-0:1.8.9")), -1);
	check_int("none", find(SPAN("")), -1);
}

static void a_column_is_name_and_unit(void **state)
{
	char want[64];

	(void)state;
	for (int q = 0; q < Q_COUNT; q++) {
		const char *tail = units[quantities[q].unit].suffix;

		snprintf(want, sizeof(want), "%s%s%s", quantities[q].name,
			 *tail ? "_" : "", tail);
		check_text("column", quantities[q].column, want);
		for (int other = 0; other < q; other++)
			if (strcmp(want, quantities[other].column) == 0)
				fail_msg("two columns %s", want);
	}
}

static void references_are_numbers(void **state)
{
	static const struct {
		const char *text;
		uint32_t want;
	} cases[] = {
		{ "1-0:1.8.0", OBIS(1, 0, 1, 8, 0) },
		{ "0-0:96.14.0", OBIS(0, 0, 96, 14, 0) },
		{ "0-4:24.2.1", OBIS(0, 4, 24, 2, 1) },
		{ "15-15:255.255.254", OBIS(15, 15, 255, 255, 254) },
		{ "1-0:21.7.0.255", OBIS(1, 0, 21, 7, 0) },
		{ "1-0:21.7.0*255", OBIS(1, 0, 21, 7, 0) },
		{ "", OBIS_NONE },
		{ "1-0:1.8", OBIS_NONE },
		{ "1-0:1.8.", OBIS_NONE },
		{ "1-0:1.8.0x", OBIS_NONE },
		{ "-0:1.8.0", OBIS_NONE },
		{ "1-0:99:97.0", OBIS_NONE },
		{ "1-0:256.8.0", OBIS_NONE },
		{ "16-0:1.8.0", OBIS_NONE },
		{ "1-0:99999999999999999999.8.0", OBIS_NONE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_int(cases[i].text, obis_parse(span_of(cases[i].text)),
			  cases[i].want);
	check_int("channel", obis_channel(OBIS(0, 3, 24, 2, 1)), 3);
	check_int("without", obis_without_channel(OBIS(0, 3, 24, 2, 1)),
		  OBIS(0, 0, 24, 2, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_found_by_its_reference),
		cmocka_unit_test(a_column_is_name_and_unit),
		cmocka_unit_test(references_are_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
