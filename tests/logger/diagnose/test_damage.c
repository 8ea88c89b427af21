/* Kinds of damage. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "logger/diagnose/damage.h"
#include "logger/port/byte_kinds.h"
#include "telegram/crc16.h"
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

/* The only damage is of these two kinds. */
static void check_causes(const char *name, int64_t ends, int64_t other_crc)
{
	struct damage d = damage_look((struct span){ stream, used });

	check_int(name, d.ends, ends);
	check_int(name, d.other_crc, other_crc);
	check_damage(name, 0, 0, 0, 0, 0);
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
	check_causes("line ends made longer", 2, 0);

	check_damage("nothing", 0, 0, 0, 0, 0);
}

/* Add BODY with `cr` in place of each CR and `lf` in place of each LF. */
static void add_with_ends(const char *cr, const char *lf)
{
	static const char body[] = BODY;

	for (const char *p = body; *p != '\0'; p++) {
		const char *as = *p == '\r' ? cr : *p == '\n' ? lf : NULL;

		add(as != NULL ? as : p, as != NULL ? strlen(as) : 1);
	}
	add_telegram("");
}

static void changed_line_ends_are_told(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++)
		add_with_ends("\r", "");
	check_causes("CR", 2, 0);
	for (int i = 0; i < 2; i++)
		add_with_ends("\n", "\n");
	check_causes("LF LF", 2, 0);
	add_with_ends("\r", "\r\n");
	check_causes("CR CR LF", 1, 0);
}

static void add_with_crc(unsigned crc)
{
	char end[8];

	snprintf(end, sizeof(end), "%04X\r\n", crc);
	add(BODY, sizeof(BODY) - 1);
	add(end, strlen(end));
}

static void another_crc_is_told(void **state)
{
	static const struct {
		const char *name;
		unsigned crc;
	} cases[] = {
		{ "X.25 without '!'", 0x8D4A },
		{ "X.25", 0x2D20 },
		{ "X.25, bytes exchanged", 0x202D },
		{ "KERMIT", 0xBCB8 },
		{ "MODBUS", 0xE9E7 },
		{ "ARC without '!'", 0x31CF },
		{ "ARC, bytes exchanged", 0xB14C },
		{ "IBM-3740", 0xCF76 },
		{ "XMODEM", 0x2900 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		add_with_crc(cases[i].crc);
		check_causes(cases[i].name, 0, 1);
	}
	add_with_crc(0x1234);
	check_damage("no CRC of these", 0, 0, 0, 0, 1);
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
	check_damage("a byte that is not text", 0, 1, 0, 0, 0);
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
		struct byte_kinds b = { 0 };
		char bytes[sizeof(BODY) - 1];

		for (size_t k = 0; k < sizeof(bytes); k++) {
			unsigned c = (unsigned char)BODY[k];

			c = cases[i].turn ? (~c << 1 | 1) & 0xFF : c;
			bytes[k] = (char)(cases[i].fill ? cases[i].fill : c);
		}
		byte_kinds_count(&b, (struct span){ bytes, sizeof(bytes) });
		check_int(cases[i].name, byte_kinds_are_text(&b),
			  cases[i].text);
		check_int(cases[i].name, byte_kinds_are_turned(&b),
			  cases[i].turned);
		check_int(cases[i].name, byte_kinds_are_runs(&b),
			  cases[i].runs);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damage_has_kinds),
		cmocka_unit_test(changed_line_ends_are_told),
		cmocka_unit_test(another_crc_is_told),
		cmocka_unit_test(without_a_whole_one_they_are_compared),
		cmocka_unit_test(bytes_have_shapes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
