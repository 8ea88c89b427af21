#include <string.h>

#include "base/swar.h"
#include "tests/check.h"

/* Where the first character is that `marks` marks; 8: nowhere. */
static unsigned first(uint64_t marks)
{
	return marks != 0 ? swar_first(marks) : 8;
}

static void the_first_character_is_lowest(void **state)
{
	(void)state;
	check_int("letters", swar_at("ABCDEFGH"), INT64_C(0x4847464544434241));
	check_int("bytes", swar_at("\x01\xFF\0\0\0\0\0\x7F"),
		  INT64_C(0x7F0000000000FF01));
	check_int("eight", EIGHT('0'), INT64_C(0x3030303030303030));
}

/* Every byte, at every place, after bytes that are not marked. */
static void marks_are_exact_up_to_the_first(void **state)
{
	static const char before[] = "0*9\xFF:\x80_7";
	char text[9];

	(void)state;
	for (unsigned at = 0; at < 8; at++)
		for (int c = 0; c < 256; c++) {
			memcpy(text, before, sizeof(text));
			text[at] = (char)c;
			text[7] = at == 7 ? text[7] : ' ';
			check_int("below",
				  first(swar_below(swar_at(text), '*')),
				  c < '*'   ? at
				  : at == 7 ? 8u
					    : 7u);
			memset(text, '5', 8);
			text[at] = (char)c;
			check_int("no digit",
				  first(swar_no_digit(
					  swar_digits(swar_at(text)))),
				  c >= '0' && c <= '9' ? 8u : at);
		}
}

static void digits_make_pairs(void **state)
{
	const uint64_t pairs = swar_pairs(swar_digits(swar_at("00109942")));

	(void)state;
	check_int("first", pairs & 0xFFFF, 0);
	check_int("second", pairs >> 16 & 0xFFFF, 10);
	check_int("third", pairs >> 32 & 0xFFFF, 99);
	check_int("fourth", pairs >> 48, 42);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_character_is_lowest),
		cmocka_unit_test(marks_are_exact_up_to_the_first),
		cmocka_unit_test(digits_make_pairs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
