/* Telegrams that may be shown. */
#include <stdio.h>
#include <string.h>

#include "logger/diagnose/redact.h"
#include "telegram/crc16.h"
#include "telegram/reader.h"
#include "tests/check.h"

/* Redact lines between a header and a correct CRC; `crc` as it is printed. */
static void check_redacted(const char *name, const char *in, const char *want,
			   bool has_crc)
{
	char text[2048], out[2048 + REDACT_MORE];
	size_t n = (size_t)snprintf(text, sizeof(text), "%s!", in);
	size_t body = strlen(want);
	enum refusal why;
	struct reading r;
	struct reader *rd = reader_new();

	n += (size_t)snprintf(text + n, sizeof(text) - n,
			      has_crc ? "%X\r\n" : "\r\n", crc16(0, text, n));
	n = redact_telegram((struct span){ text, n }, out);
	if (n < body || memcmp(out, want, body) != 0)
		fail_msg("%s: %.*s", name, (int)n, out);
	reader_push(rd, out, n);
	check_int(name, reader_next(rd, &r, &why), NEXT_READING);
	check_int(name, r.crc, has_crc ? CRC_OK : CRC_NONE);
	reader_free(rd);
}

/* All that a person needs to find a fault. */
#define LISTS                                                                    \
	"/KFM5KAIFA-METER\r\n\r\n"                                               \
	"1-0:99.97.0(2)(0-0:96.7.19)(101208152415W)(0000000240*s)"               \
	"(101208151004W)(0000000301*s)\r\n"                                      \
	"0-0:98.1.0(1)(1-0:1.6.0)(1-0:1.6.0)(250201000000W)(250117181500W)"      \
	"(04.329*kW)\r\n"                                                        \
	"1-0:1.6.0(250203181500W)(04.329*kW)\r\n"                                \
	"0-1:24.3.0(250301000000)(08)(60)(1)(0-1:24.2.1)(m3)\r\n(06943.056)\r\n" \
	"7-0:23.1.0*255(06943.056*m3)(26-11-28 20:00:00)\r\n"                    \
	"1-0:14.7.0(50.00*Hz)\r\n1-0:16.7.0(-00.376*kW)\r\n"                     \
	"0-0:96.50.68(ON)\r\n1-0:1.8.0*255(00013174.3160000*kWh)\r\n"

static void what_is_not_known_is_masked(void **state)
{
	static const struct {
		const char *name, *in, *want;
		bool has_crc;
	} cases[] = {
		{ "hexadecimal",
		  "/XMX5LGBBLB2402915485\r\n\r\n1-3:0.2.8(50)\r\n"
		  "0-0:96.1.1(4530303434)\r\n0-2:96.1.0(4730303332)\r\n"
		  "0-0:96.13.0(48414C4C4F)\r\n1-0:1.8.1(000123.456*kWh)\r\n",
		  "/XMX5LGBBLB0000000000\r\n\r\n1-3:0.2.8(50)\r\n"
		  "0-0:96.1.1(3030303030)\r\n0-2:96.1.0(3030303032)\r\n"
		  "0-0:96.13.0(3030303030)\r\n1-0:1.8.1(000123.456*kWh)\r\n!",
		  true },
		{ "plain",
		  "/ISK5\\2MT382-1000\r\n\r\n0-0:96.1.0(AUX103030321)\r\n"
		  "0-0:42.0.0(AUX1030)\r\n1-0:1.8.1(000123.456*kWh)\r\n",
		  "/ISK5\\2MT382-1000\r\n\r\n0-0:96.1.0(000000000000)\r\n"
		  "0-0:42.0.0(0000000)\r\n1-0:1.8.1(000123.456*kWh)\r\n!",
		  false },
		{ "a version that is not a number, empty values stay",
		  "/FLU5\\253769484_A\r\n\r\n0-0:96.1.4(50217)\r\n"
		  "0-0:96.1.2()\r\n1-0:1.8.1(000123.456*kWh)\r\n",
		  "/FLU5\\000000000_A\r\n\r\n0-0:96.1.4(50217)\r\n"
		  "0-0:96.1.2()\r\n1-0:1.8.1(000123.456*kWh)\r\n!",
		  true },
		{ "what no table has",
		  "/ISK5\\2M550T-A1B2C3D4E5\r\n\r\n1-3:0.2.8(50)\r\n"
		  "0-0:C.1.0(12345)\r\n1-1:0.0.0(12345)\r\n"
		  "9-9:9.9.9*255(7*kWh)\r\nMine-1:1.8.1(7*kWh)\r\n"
		  "1-0:1.8.1(000123.456*kWh)\r\n",
		  "/ISK5\\2M550T-A000000000\r\n\r\n1-3:0.2.8(50)\r\n"
		  "0-0:X.0.0(00000)\r\n1-1:0.0.0(00001)\r\n"
		  "9-9:9.9.9*255(0*009)\r\nXXXX-0:0.0.0(0*XXX)\r\n"
		  "1-0:1.8.1(000123.456*kWh)\r\n!",
		  true },
		{ "further groups, and values of another form",
		  "/ISK5\\2M550T-1012\r\n\r\n1-3:0.2.8(5012345)\r\n"
		  "1-0:1.8.1(000123.456*kWh)(12345)\r\n"
		  "1-0:1.7.0(00.500*me)\r\n1-0:2.7.0(123456789)\r\n"
		  "0-1:24.2.1(250301000000W)(00001.000*m3)(12345)\r\n"
		  "0-0:96.14.0(1a)\r\n0-0:96.50.68(ME)\r\n",
		  "/ISK5\\2M550T-1012\r\n\r\n1-3:0.2.8(0000003)\r\n"
		  "1-0:1.8.1(000123.456*kWh)(00000)\r\n"
		  "1-0:1.7.0(00.000*00)\r\n1-0:2.7.0(000000000)\r\n"
		  "0-1:24.2.1(250301000000W)(00001.000*m3)(00001)\r\n"
		  "0-0:96.14.0(30)\r\n0-0:96.50.68(00)\r\n!",
		  true },
		{ "lists", LISTS "1-0:1.8.1(000123.456*kWh)\r\n",
		  LISTS "1-0:1.8.1(000123.456*kWh)\r\n!", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_redacted(cases[i].name, cases[i].in, cases[i].want,
			       cases[i].has_crc);
}

/*
 * A line with a reference between the two, and a secret in one of its places:
 * in words, digits, hexadecimal, with a unit, behind what is right.
 */
static const struct {
	const char *before, *behind;
} places[] = {
	{ "", "(ME7788990011)" },
	{ "", "(7788990011223)" },
	{ "", "(4D453737383839393030)" },
	{ "", "(ME7788990011*kWh)" },
	{ "", "(00.500*ME7788990011)" },
	{ "", "(250301000000W)(00001.000*m3)(7788990011223)" },
	{ "", "(001000.000*kWh)(7788990011223)" },
	{ "", "(1)(0-0:96.7.19)(7788990011223)(ME7788990011)" },
	{ "", "()ME7788990011" },
	{ "", "(\r\n(ME7788990011)" },
	{ "ME7788990011 ", "(1)" },
	{ "", "*7788990011(1)" },
	{ "", ".ME7788990011(1)" },
};

static void check_hidden(const char *reference)
{
	static const char *const secrets[] = { "7788", "ME77", "99001",
					       "3737" };
	char text[256], out[sizeof(text) + REDACT_MORE + 1];

	for (size_t i = 0; i < COUNT(places); i++) {
		size_t n = (size_t)snprintf(
			text, sizeof(text), "/ISK5\\2M550T\r\n\r\n%s%s%s\r\n!",
			places[i].before, reference, places[i].behind);

		n = redact_telegram((struct span){ text, n }, out);
		out[n] = '\0';
		for (size_t k = 0; k < COUNT(secrets); k++)
			if (strstr(out, secrets[k]) != NULL)
				fail_msg("%s: %s", text, out);
	}
}

static void a_secret_survives_nowhere(void **state)
{
	static const int a[] = { 0, 1, 5, 7 };
	static const int d[] = { 0, 1, 2,  3,  4,  5,  6, 7,
				 8, 9, 13, 14, 32, 50, 97 };
	static const int e[] = { 0, 1, 3, 10, 68, 255 };
	char reference[32];

	(void)state;
	for (size_t i = 0; i < COUNT(a) * COUNT(d) * COUNT(e); i++)
		for (int bc = 0; bc < 2 * 130; bc++) {
			snprintf(reference, sizeof(reference), "%d-%d:%d.%d.%d",
				 a[i % COUNT(a)], bc / 130, bc % 130,
				 d[i / COUNT(a) % COUNT(d)],
				 e[i / COUNT(a) / COUNT(d)]);
			check_hidden(reference);
		}
	check_hidden("0-0:C.1.0");
	check_hidden("0-0:1.0.0");
	check_hidden("1-3:0.2.8");
}

/* Any bytes: the result is no longer than promised, and twice is as once. */
static void damaged_bytes_do_no_harm(void **state)
{
	static const char of[] = "0-1:24.2.1()!/\r\n*kWhAFZ9 \\";
	enum { TIMES = 20000, MOST = 200 };
	uint32_t random = 12;

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		char text[MOST], out[MOST + REDACT_MORE];
		char again[sizeof(out) + REDACT_MORE];
		size_t n = 1, once;

		random = random * 1664525 + 1013904223;
		n += (random >> 16) % (MOST - 1);
		for (size_t k = 0; k < n; k++) {
			random = random * 1664525 + 1013904223;
			text[k] = of[(random >> 16) % (sizeof(of) - 1)];
		}
		once = redact_telegram((struct span){ text, n }, out);
		assert_in_range(once, 0, n + REDACT_MORE);
		n = redact_telegram((struct span){ out, once }, again);
		if (n != once || memcmp(out, again, n) != 0)
			fail_msg("'%.*s' and '%.*s'", (int)once, out, (int)n,
				 again);
	}
}

static void names_are_masked_wherever_they_stand(void **state)
{
	static const struct {
		const char *text, *want;
	} table[] = {
		{ "Port        tcp://house.example.org:2001\n",
		  "Port        tcp://00000.0000000.000:2001\n" },
		{ "tcp://[2001:db8::7]:23 and tcp://10.1.2.3:23",
		  "tcp://[0000:000::0]:23 and tcp://00.0.0.0:23" },
		{ "key_file = /home/Alice/p1.key\n",
		  "key_file = /home/00000/p1.key\n" },
		{ "'/home/Alice'", "'/home/00000'" },
		{ "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00"
		  "-port0: busy",
		  "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_00000000-if00"
		  "-port0: busy" },
		{ "by-id/ /by-id/", "by-id/ /by-id/" },
		{ "/dev/ttyUSB0 tcp:/x /home", "/dev/ttyUSB0 tcp:/x /home" },
	};
	char text[128];

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		snprintf(text, sizeof(text), "%s", table[i].text);
		redact_names(text);
		check_text(table[i].text, text, table[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_known_is_masked),
		cmocka_unit_test(a_secret_survives_nowhere),
		cmocka_unit_test(damaged_bytes_do_no_harm),
		cmocka_unit_test(names_are_masked_wherever_they_stand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
