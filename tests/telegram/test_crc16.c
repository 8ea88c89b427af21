#include <string.h>

#include "base/span.h"
#include "telegram/crc16.h"
#include "tests/check.h"

static void the_check_value(void **state)
{
	(void)state;
	check_int("123456789", crc16(0, "123456789", 9), 0xBB3D);
	check_int("nothing", crc16(0x1234, NULL, 0), 0x1234);
	check_int("a zero", crc16(0, "", 1), 0);
}

/* Compute the CRC bit by bit, as the standard defines it. */
static uint16_t slowly(const unsigned char *p, size_t n)
{
	unsigned crc = 0;

	for (; n > 0; n--) {
		crc ^= *p++;
		for (int k = 0; k < 8; k++)
			crc = crc & 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
	}
	return (uint16_t)crc;
}

static void every_length_and_every_cut(void **state)
{
	unsigned char text[600];

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (unsigned char)(i * i * 31 + i);
	for (size_t n = 0; n < sizeof(text); n++)
		check_int("length", crc16(0, text, n), slowly(text, n));
	for (size_t cut = 0; cut < 40; cut++)
		check_int("cut",
			  crc16(crc16(0, text, cut), text + cut, 100 - cut),
			  slowly(text, 100));
}

static void undone_byte_by_byte(void **state)
{
	unsigned char text[300];
	uint16_t crc[sizeof(text) + 1] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++) {
		text[i] = (unsigned char)(i * 7 + i / 13);
		crc[i + 1] = crc16(crc[i], text + i, 1);
	}
	for (size_t i = sizeof(text); i-- > 0;)
		check_int("undo", crc16_undo(crc[i + 1], text[i]), crc[i]);
}

static void starts_are_found_backwards(void **state)
{
	static const char text[] = "xx/a/b\r\n!";
	const size_t n = sizeof(text) - 1;

	(void)state;
	for (size_t start = 0; start < n; start++) {
		uint16_t crc = crc16(0, text + start, n - start);
		bool slash = text[start] == '/';
		size_t at = n;

		check_int("found", crc16_undo_to(text, &at, &crc, '/'), slash);
		check_int("where", at, slash ? start : n);
		if (slash)
			check_int("no other",
				  crc16_undo_to(text, &at, &crc, '/'), false);
	}
}

static void restored_line_ends(void **state)
{
	static const char whole[] = "/A\r\n\r\nb\r\n!";
	static const char *const cases[] = { "/A\n\nb\n!", "/A\r\n\r\nb\r\n!",
					     "/A\r\r\n\r\r\nb\r\n!" };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_int(cases[i], crc16_restored(cases[i], strlen(cases[i])),
			  crc16(0, whole, sizeof(whole) - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_check_value),
		cmocka_unit_test(every_length_and_every_cut),
		cmocka_unit_test(undone_byte_by_byte),
		cmocka_unit_test(starts_are_found_backwards),
		cmocka_unit_test(restored_line_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
