#include "tests/check.h"

#include <stdio.h>
#include <string.h>

#include "base/span.h"
#include "sim/render.h"
#include "telegram/crc16.h"

/* 2025-01-15T11:30:00Z, three phases, one gas meter, and distinct numbers. */
static struct display a_face(void)
{
	struct display f = { .utc = INT64_C(1736940600),
			     .phases = 3,
			     .id = "AB1" };

	for (int i = 0; i < DISPLAY_COUNT; i++)
		f.value[i] = 1000 + i;
	f.value[DISPLAY_TARIFF] = 2;
	f.value[DISPLAY_IMPORT_T1] = 123456789;
	f.value[DISPLAY_POWER_IMPORT] = 2239;
	f.value[DISPLAY_VOLTAGE_L1] = 231567;
	f.value[DISPLAY_CURRENT_L1] = 9876;
	f.devices = 1;
	f.device[0] = (struct display_device){
		.medium = DISPLAY_GAS,
		.channel = 1,
		.id = "G1",
		.has_value = true,
		.utc = INT64_C(1736938800),
		.value = 1234567,
		.past = { { INT64_C(1736935200), 1234000 },
			  { INT64_C(1736938800), 1234567 },
			  { INT64_C(1736931600), 1233000 } },
	};
	return f;
}

/* Render the complete telegram as text. */
static const char *text_of(const char *dialect, const struct display *f)
{
	static char text[TELEGRAM_SIZE + 1];
	const struct dialect *d = dialect_find(dialect);
	size_t n;

	assert_non_null(d);
	n = render(d, f, text);
	assert_true(n < TELEGRAM_SIZE);
	text[n] = '\0';
	return text;
}

static void lines_are_those_of_the_dialect(void **state)
{
	static const struct {
		const char *dialect, *line;
		bool there;
	} cases[] = {
		{ "nl22", "\r\n1-0:1.8.1(23456.789*kWh)\r\n", true },
		{ "nl22", "\r\n1-0:1.7.0(0002.23*kW)\r\n", true },
		{ "nl22",
		  "\r\n0-1:24.1.0(3)\r\n0-1:96.1.0(4731)\r\n"
		  "0-1:24.3.0(250115120000)(00)(60)(1)(0-1:24.2.1)(m3)"
		  "\r\n(01234.567)\r\n0-1:24.4.0(1)\r\n!\r\n",
		  true },
		{ "nl22", "0-0:1.0.0", false },
		{ "nl30", "\r\n1-0:1.7.0(002.23*kW)\r\n", true },
		{ "nl30", "\r\n0-1:24.1.0(03)\r\n", true },
		{ "nl40", "\r\n1-3:0.2.8(40)\r\n", true },
		{ "nl40", "\r\n1-0:1.8.1(123456.789*kWh)\r\n", true },
		{ "nl40", "\r\n1-0:1.7.0(02.239*kW)\r\n", true },
		{ "nl40", "1-0:31.7.0", false },
		{ "nl42", "\r\n1-0:31.7.0(009*A)\r\n", true },
		{ "nl42", "1-0:32.7.0", false },
		{ "nl42", "24.4.0", false },
		{ "nl50", "\r\n0-0:1.0.0(250115123000W)\r\n", true },
		{ "nl50", "\r\n0-0:96.1.1(414231)\r\n", true },
		{ "nl50", "\r\n0-0:96.14.0(0002)\r\n", true },
		{ "nl50", "\r\n1-0:99.97.0(0)(0-0:96.7.19)\r\n", true },
		{ "nl50", "\r\n1-0:32.7.0(231.5*V)\r\n", true },
		{ "nl50", "\r\n0-1:24.2.1(250115120000W)(01234.567*m3)\r\n",
		  true },
		{ "nl50", "96.13.1", false },
		{ "be", "\r\n0-0:96.1.4(50217)\r\n", true },
		{ "be", "\r\n1-0:31.7.0(009.87*A)\r\n", true },
		{ "be",
		  "\r\n0-1:96.1.1(4731)\r\n0-1:24.4.0(1)\r\n"
		  "0-1:24.2.3(250115120000W)(01234.567*m3)\r\n!",
		  true },
		{ "lu", "/Lux5\\253663629_D\r\n1-3:0.2.8(42)\r\n", true },
		{ "lu", "\r\n0-0:42.0.0(414231)\r\n", true },
		{ "se", "\r\n1-0:32.7.0(231.5*V)\r\n", true },
		{ "se", "\r\n1-0:1.7.0(0002.239*kW)\r\n", true },
		{ "se", "96.1", false },
		{ "fi", "\r\n0-0:1.0.0(250115133000W)\r\n", true },
		{ "hu", "\r\n0-0:96.1.0(AB1)\r\n", true },
		{ "hu", "\r\n0-0:98.1.0(250101000000W)(", true },
		{ "lt", "\r\n1-0:32.7.0(0000.231*kV)\r\n", true },
		{ "lt", "\r\n1-0:31.7.0(0000.009*kA)\r\n", true },
		{ "at", "\r\n1-0:1.8.1(123456789*Wh)\r\n", true },
		{ "at", "\r\n1-0:1.7.0(000002239*W)\r\n", true },
		{ "ch", "\r\n1-1:1.8.1(123456.789*kWh)\r\n", true },
		{ "de", "\r\n1-0:1.7.0*255(002239.00*W)\r\n", true },
		{ "de", "\r\n0-0:96.1.255*255(AB1)\r\n!\r\n", true },
		{ "ebz", "\r\n1-0:16.7.0*255(001227.00*W)\r\n", true },
		{ "ebz", "\r\n1-0:36.7.0*255(-000003.00*W)\r\n", true },
		{ "ebz", "1-0:1.7.0", false },
		{ "ie", "\r\n0-0:1.0.0(250115113000W)\r\n", true },
		{ "ace4000", "\r\n0-3:96.1.0*255(G1         )\r\n", true },
		{ "ace4000",
		  "\r\n7-0:23.1.0*255(01234.000*m3)(25-01-15 11:00:00)"
		  "\r\n7-0:23.1.0*255(01234.567*m3)(25-01-15 12:00:00)"
		  "\r\n7-0:23.1.0*255(01233.000*m3)(25-01-15 10:00:00)"
		  "\r\n!\r\n",
		  true },
		{ "heat", "1-0:", false },
		{ "be", "1-3:0.2.8", false },
		{ "be", "24.2.1", false },
	};
	struct display f = a_face();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if ((strstr(text_of(cases[i].dialect, &f), cases[i].line) !=
		     NULL) != cases[i].there)
			fail_msg("%s: '%s' is %s in %s", cases[i].dialect,
				 cases[i].line,
				 cases[i].there ? "not" : "wrongly",
				 text_of(cases[i].dialect, &f));
}

static void crc_is_right_where_there_is_one(void **state)
{
	struct display f = a_face();

	(void)state;
	for (size_t i = 0; i < dialect_count; i++) {
		const char *text = text_of(dialects[i].name, &f);
		const char *end = strrchr(text, '!');
		char want[8] = "!\r\n";

		assert_non_null(end);
		if (dialects[i].crc)
			snprintf(want, sizeof(want), "!%04X\r\n",
				 crc16(0, text, (size_t)(end - text) + 1));
		check_text(dialects[i].name, end, want);
		check_int(dialects[i].name, text[0], '/');
	}
}

static void every_line_ends_in_cr_lf(void **state)
{
	struct display f = a_face();

	(void)state;
	for (size_t i = 0; i < dialect_count; i++) {
		const char *text = text_of(dialects[i].name, &f);

		for (size_t k = 0; text[k] != '\0'; k++)
			if (text[k] == '\n')
				check_int(dialects[i].name, text[k - 1], '\r');
			else if (text[k] == '\r')
				check_int(dialects[i].name, text[k + 1], '\n');
	}
}

static void letters_of_both_nights(void **state)
{
	static const struct {
		int64_t utc;
		const char *line;
	} cases[] = {
		{ 1743296399, "0-0:1.0.0(250330015959W)" },
		{ 1743296400, "0-0:1.0.0(250330030000S)" },
		{ 1761440399, "0-0:1.0.0(251026025959S)" },
		{ 1761440400, "0-0:1.0.0(251026020000W)" },
	};
	struct display f = a_face();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		f.utc = cases[i].utc;
		if (strstr(text_of("be", &f), cases[i].line) == NULL)
			fail_msg("no %s", cases[i].line);
	}
}

static void one_phase_has_no_second(void **state)
{
	static const char *const lines[] = { "1-0:52", "1-0:72", "1-0:41",
					     "1-0:61", "1-0:71", "1-0:42" };
	struct display f = a_face();

	(void)state;
	f.phases = 1;
	for (size_t i = 0; i < COUNT(lines); i++)
		assert_null(strstr(text_of("nl50", &f), lines[i]));
	assert_non_null(strstr(text_of("nl50", &f), "\r\n1-0:32.7.0("));
}

static void logs_and_peaks(void **state)
{
	struct display f = a_face();

	(void)state;
	f.failures = 2;
	f.failure[0] = (struct display_failure){ 1736938800, 240 };
	f.failure[1] = (struct display_failure){ 946681201, INT32_MAX };
	assert_non_null(strstr(text_of("nl50", &f),
			       "\r\n1-0:99.97.0(2)(0-0:96.7.19)"
			       "(250115120000W)(0000000240*s)"
			       "(000101000001W)(2147483647*s)\r\n"));
	f.peaks = 2;
	f.peak[0] = (struct display_peak){ .month_end = 1733007600 };
	f.peak[1] = (struct display_peak){ 1735686000, 1734285600, 4321 };
	f.month = (struct display_peak){ .utc = 1736938800 };
	f.value[DISPLAY_DEMAND_PEAK] = 2345;
	assert_non_null(
		strstr(text_of("be", &f),
		       "\r\n1-0:1.6.0(250115120000W)(02.345*kW)\r\n"
		       "0-0:98.1.0(2)(1-0:1.6.0)(1-0:1.6.0)"
		       "(241201000000W)(632525252525W)(00.000*kW)"
		       "(250101000000W)(241215190000W)(04.321*kW)\r\n"));
}

static void a_device_that_never_reported(void **state)
{
	struct display f = a_face();

	(void)state;
	f.device[0].has_value = false;
	assert_non_null(strstr(text_of("nl50", &f),
			       "0-1:24.2.1(632525252525W)(00000.000)\r\n"));
	assert_non_null(strstr(text_of("nl30", &f),
			       "0-1:24.3.0(632525252525)(00)(60)(1)"
			       "(0-1:24.2.1)(m3)\r\n(00000.000)\r\n"));
}

/* The longest telegram that options allow. */
static void the_longest_fits(void **state)
{
	struct display f = a_face();

	(void)state;
	memset(f.id, 'X', DISPLAY_ID - 1);
	f.failures = DISPLAY_FAILURES;
	f.peaks = DISPLAY_PEAKS;
	f.devices = DISPLAY_MEDIA;
	for (int i = 0; i < DISPLAY_MEDIA; i++) {
		f.device[i] = f.device[0];
		f.device[i].channel = i + 1;
		memset(f.device[i].id, 'Y', DISPLAY_ID - 1);
	}
	for (size_t i = 0; i < dialect_count; i++)
		assert_true(strlen(text_of(dialects[i].name, &f)) <
			    TELEGRAM_SIZE / 2);
}

static void what_is_printed_is_known(void **state)
{
	static const struct {
		const char *dialect;
		enum display_item item;
		int phases;
		int64_t step, wrap;
	} cases[] = {
		{ "nl22", DISPLAY_IMPORT_T1, 3, 1, 100000000 },
		{ "nl50", DISPLAY_IMPORT_T1, 3, 1, 1000000000 },
		{ "nl22", DISPLAY_POWER_IMPORT, 3, 10, 10000000 },
		{ "nl50", DISPLAY_VOLTAGE_L1, 3, 100, 1000000 },
		{ "nl50", DISPLAY_CURRENT_L1, 3, 1000, 1000000 },
		{ "be", DISPLAY_CURRENT_L1, 3, 10, 1000000 },
		{ "nl50", DISPLAY_VOLTAGE_L2, 1, 0, 0 },
		{ "nl50", DISPLAY_IMPORT_TOTAL, 3, 0, 0 },
		{ "nl50", DISPLAY_TARIFF, 3, 1, 10000 },
		{ "be", DISPLAY_DEMAND_PEAK, 3, 1, 100000 },
		{ "nl50", DISPLAY_DEMAND_PEAK, 3, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct resolution p =
			dialect_resolution(dialect_find(cases[i].dialect),
					   cases[i].item, cases[i].phases);

		check_int(cases[i].dialect, p.step, cases[i].step);
		check_int(cases[i].dialect, p.wrap, cases[i].wrap);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_those_of_the_dialect),
		cmocka_unit_test(crc_is_right_where_there_is_one),
		cmocka_unit_test(every_line_ends_in_cr_lf),
		cmocka_unit_test(letters_of_both_nights),
		cmocka_unit_test(one_phase_has_no_second),
		cmocka_unit_test(logs_and_peaks),
		cmocka_unit_test(a_device_that_never_reported),
		cmocka_unit_test(the_longest_fits),
		cmocka_unit_test(what_is_printed_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
