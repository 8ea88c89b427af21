/* Kinds of damage, and telegrams that may be shown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "logger/bytes.h"
#include "logger/damage.h"
#include "logger/redact.h"
#include "telegram/crc16.h"
#include "telegram/reader.h"
#include "tests/check.h"

#define BODY                                                                   \
	"/TST5\\2TEST\r\n\r\n1-3:0.2.8(50)\r\n"                                \
	"1-0:1.8.1(000123.456*kWh)\r\n!"

static char stream[8192];
static size_t used;

static void add(const char *bytes, size_t n)
{
	memcpy(stream + used, bytes, n);
	used += n;
}

/* A telegram with the CRC that BODY has, whatever happened to its body. */
static void add_telegram(const char *body)
{
	char end[8];

	snprintf(end, sizeof(end), "%04X\r\n",
		 crc16(0, BODY, sizeof(BODY) - 1));
	add(body, strlen(body));
	add(end, strlen(end));
}

static void check_damage(const char *name, int64_t whole, int64_t flipped,
			 int64_t lost, int64_t cut, int64_t other)
{
	struct damage d = damage_look((struct span){ stream, used });

	check_int(name, d.whole, whole);
	check_int(name, d.flipped, flipped);
	check_int(name, d.lost, lost);
	check_int(name, d.cut, cut);
	check_int(name, d.other, other);
	used = 0;
}

#define FLIPPED                                                                \
	"/TST5\\2TEST\r\n\r\n1-3:0.2.8(50)\r\n"                                \
	"1-0:1.8.1(010123.456*kWh)\r\n!"
#define LOST "/TST5\\2TEST\r\n\r\n1-3:0.2.8(50)\r\n1-0:1.8.123.456*kWh)\r\n!"
#define TORN "/TST5\\2TEST\r\n\r\n1-3:0.2.8(50)\r\n1-0:1.8.1(000123.\r\n!"
#define CUT "/TST5\\2TEST\r\n\r\n1-3:0.2.8(50)\r\n1-0:1.8.1(0001"

static void damage_has_kinds(void **state)
{
	static const char body[] = BODY;

	(void)state;
	add_telegram(BODY);
	add_telegram(FLIPPED);
	add_telegram(LOST);
	add(CUT, sizeof(CUT) - 1);
	add_telegram(BODY);
	check_damage("all", 2, 1, 1, 1, 0);

	add("123.456*kWh)\r\n!ABCD\r\n", 22);
	add_telegram(BODY);
	add(CUT, sizeof(CUT) - 1);
	check_damage("pieces at both ends", 1, 0, 0, 0, 0);

	add_telegram(BODY);
	add("1-0:1.8.1(000123.456*kWh)\r\n!ABCD\r\n", 34);
	add_telegram(BODY);
	check_damage("beheaded", 2, 0, 0, 1, 0);

	for (const char *p = body; *p != '\0'; p++)
		if (*p != '\r')
			add(p, 1);
	add_telegram("");
	check_damage("without CR", 1, 0, 0, 0, 0);

	for (int i = 0; i < 2; i++) {
		for (const char *p = body; *p != '\0'; p++)
			add(*p == '\r' ? "\r\r" : p, *p == '\r' ? 2 : 1);
		add_telegram("");
	}
	check_damage("line ends made longer", 0, 0, 0, 0, 2);

	check_damage("nothing", 0, 0, 0, 0, 0);
}

static void without_a_whole_one_they_are_compared(void **state)
{
	(void)state;
	add_telegram(FLIPPED);
	add_telegram(FLIPPED);
	add_telegram(FLIPPED);
	check_damage("equally long", 0, 3, 0, 0, 0);

	add_telegram(LOST);
	add_telegram(FLIPPED);
	check_damage("one is shorter", 0, 0, 1, 0, 1);

	add_telegram(TORN);
	check_damage("torn", 0, 0, 1, 0, 0);

	add_telegram("/TST5\\2TEST\r\n\r\n1-3:0.2.8(5\xb0)\r\n!");
	check_damage("a byte that is no text", 0, 1, 0, 0, 0);
}

static void bytes_have_shapes(void **state)
{
	static const struct {
		const char *name;
		unsigned char turn, fill;
		bool text, turned, runs;
	} cases[] = {
		{ "text", 0, 0, true, false, false },
		{ "turned", 1, 0, false, true, false },
		{ "runs", 0, 0xE0, false, false, true },
		{ "zeros", 0, 0x80, false, false, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes_seen b = { 0 };
		char bytes[sizeof(BODY) - 1];

		for (size_t k = 0; k < sizeof(bytes); k++) {
			unsigned c = (unsigned char)BODY[k];

			c = cases[i].turn ? (~c << 1 | 1) & 0xFF : c;
			bytes[k] = (char)(cases[i].fill ? cases[i].fill : c);
		}
		bytes_count(&b, (struct span){ bytes, sizeof(bytes) });
		check_int(cases[i].name, bytes_are_text(&b), cases[i].text);
		check_int(cases[i].name, bytes_are_turned(&b), cases[i].turned);
		check_int(cases[i].name, bytes_are_runs(&b), cases[i].runs);
	}
}

/* Redact lines between a header and a right CRC; `crc` as it is printed. */
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
	check_int(name, reader_next(rd, &r, &why), READER_READING);
	check_int(name, r.crc, has_crc ? CRC_OK : CRC_NONE);
	reader_free(rd);
}

static void identifiers_are_masked(void **state)
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
		{ "the version is none, empty values stay",
		  "/FLU5\\253769484_A\r\n\r\n0-0:96.1.4(50217)\r\n"
		  "0-0:96.1.2()\r\n1-0:1.8.1(000123.456*kWh)\r\n",
		  "/FLU5\\000000000_A\r\n\r\n0-0:96.1.4(50217)\r\n"
		  "0-0:96.1.2()\r\n1-0:1.8.1(000123.456*kWh)\r\n!",
		  true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_redacted(cases[i].name, cases[i].in, cases[i].want,
			       cases[i].has_crc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damage_has_kinds),
		cmocka_unit_test(without_a_whole_one_they_are_compared),
		cmocka_unit_test(bytes_have_shapes),
		cmocka_unit_test(identifiers_are_masked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
