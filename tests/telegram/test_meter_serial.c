#include <string.h>

#include "telegram/meter_serial.h"
#include "tests/check.h"

static void identifiers_become_serial_numbers(void **state)
{
	static const struct {
		const char *sent, *want;
	} cases[] = {
		{ "4530303434303037303132353334373938", "E0044007012534798" },
		{ "4730303333303030303834353936363531", "G0033000084596651" },
		{ "4b414c4d3031", "KALM01" },
		{ "57-41", "57-41" },
		/* plain numbers, and what could be one */
		{ "12345678", "12345678" },
		{ "34353637", "34353637" },
		{ "4161626364", "4161626364" },
		{ "4142434445", "ABCDE" },
		{ "4A41", "JA" },
		/* odd, empty, not hexadecimal, not printable */
		{ "4A4", "4A4" },
		{ "", "" },
		{ "1ESY1161235678", "1ESY1161235678" },
		{ "4A00", "4A00" },
		{ "4A7F", "4A7F" },
		{ "4AC3", "4AC3" },
	};
	char buf[METER_SERIAL_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(cases[i].sent,
			   meter_serial(buf, span_of(cases[i].sent)),
			   cases[i].want);
}

static void long_ones_are_cut(void **state)
{
	char sent[4 * METER_SERIAL_TEXT + 1], buf[METER_SERIAL_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(sent) - 1; i++)
		sent[i] = "4A"[i % 2];
	sent[sizeof(sent) - 1] = '\0';
	assert_int_equal(strlen(meter_serial(buf, span_of(sent))),
			 METER_SERIAL_TEXT - 1);
	memset(sent, 'Z', sizeof(sent) - 1);
	assert_int_equal(strlen(meter_serial(buf, span_of(sent))),
			 METER_SERIAL_TEXT - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(identifiers_become_serial_numbers),
		cmocka_unit_test(long_ones_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
