#include <string.h>

#include "telegram/decipher.h"
#include "tests/check.h"
#include "tests/telegram/encipher.h"

#define TELEGRAM "/TST5\\x\r\n\r\n1-0:1.8.0(000123.456*kWh)\r\n!1234\r\n"

static void a_frame_opens_whatever_its_length_field(void **state)
{
	(void)state;
	for (int field = 1; field <= 3; field++) {
		uint8_t frame[256];
		char out[256];
		struct span f = encipher(&test_keys, frame, SPAN(TELEGRAM),
					 field),
			    text;

		check_int("size", decipher_frame(f), f.n);
		check_int("opens",
			  decipher(&test_keys, f, out, sizeof(out), &text),
			  DECIPHERED);
		assert_true(span_eq(text, SPAN(TELEGRAM)));
	}
}

static void every_flipped_bit_is_noticed(void **state)
{
	uint8_t frame[256];
	char out[256];
	struct span f = encipher(&test_keys, frame, SPAN(TELEGRAM), 3), text;

	(void)state;
	for (size_t bit = 0; bit < f.n * 8; bit++) {
		frame[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (decipher(&test_keys, f, out, sizeof(out), &text) ==
		    DECIPHERED)
			fail_msg("bit %zu flipped was taken", bit);
		frame[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

static void without_authentication_key_the_tag_is_not_asked(void **state)
{
	struct cipher_keys half = test_keys;
	uint8_t frame[256];
	char out[256];
	struct span f = encipher(&test_keys, frame, SPAN(TELEGRAM), 3), text;

	(void)state;
	half.has_auth = false;
	frame[f.n - 1] ^= 1;
	check_int("opens", decipher(&half, f, out, sizeof(out), &text),
		  DECIPHERED);
	assert_true(span_eq(text, SPAN(TELEGRAM)));
	check_int("tag", decipher(&test_keys, f, out, sizeof(out), &text),
		  DECIPHER_WRONG_TAG);
}

static void what_is_no_frame_is_told_at_once(void **state)
{
	static const struct {
		const char *name, *bytes;
		size_t n, want;
	} cases[] = {
		{ "empty", "", 0, 0 },
		{ "telegram", "/ISK5", 5, 0 },
		{ "HDLC", "\x7E\xA0", 2, 0 },
		{ "first byte", "\xDB", 1, 1 },
		{ "another title", "\xDB\x07", 2, 0 },
		{ "not yet", "\xDB\x08SYSTEMID\x82\x01", 12, 1 },
		{ "no length", "\xDB\x08SYSTEMID\x83\x01\x02\x30", 14, 0 },
		{ "not encrypted", "\xDB\x08SYSTEMID\x82\x01\x02\x20", 14, 0 },
		{ "too short", "\xDB\x08SYSTEMID\x11\x30\x01\x02", 14, 0 },
		{ "begun", "\xDB\x08SYSTEMID\x82\x01\x02\x30", 14, 271 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_int(cases[i].name,
			  decipher_frame(
				  (struct span){ cases[i].bytes, cases[i].n }),
			  cases[i].want);
}

static void half_a_frame_does_not_open(void **state)
{
	uint8_t frame[256];
	char out[256];
	struct span f = encipher(&test_keys, frame, SPAN(TELEGRAM), 3), text;

	(void)state;
	for (size_t n = 0; n < f.n; n++)
		check_int("cut",
			  decipher(&test_keys, (struct span){ f.p, n }, out,
				   sizeof(out), &text),
			  DECIPHER_FAILED);
}

static void keys_are_32_hexadecimal_digits(void **state)
{
	static const struct {
		const char *text;
		bool ok;
	} cases[] = {
		{ "00112233445566778899AABBCCDDEEFF", true },
		{ "00112233445566778899aabbccddeeff", true },
		{ "00112233445566778899AABBCCDDEEF", false },
		{ "00112233445566778899AABBCCDDEEFFA", false },
		{ "00112233445566778899AABBCCDDEEFG", false },
		{ "", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint8_t key[CIPHER_KEY] = { 0 };

		check_int(cases[i].text,
			  cipher_key_parse(span_of(cases[i].text), key),
			  cases[i].ok);
		check_int(cases[i].text, key[15], cases[i].ok ? 0xFF : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_opens_whatever_its_length_field),
		cmocka_unit_test(every_flipped_bit_is_noticed),
		cmocka_unit_test(
			without_authentication_key_the_tag_is_not_asked),
		cmocka_unit_test(what_is_no_frame_is_told_at_once),
		cmocka_unit_test(half_a_frame_does_not_open),
		cmocka_unit_test(keys_are_32_hexadecimal_digits),
	};

	return cmocka_run_group_tests_name("decipher", tests, NULL, NULL);
}
