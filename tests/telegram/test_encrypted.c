#include <stdio.h>
#include <string.h>

#include "telegram/reader.h"
#include "tests/check.h"
#include "tests/telegram/encipher.h"
#include "tests/telegram/recipe.h"

#define BODY "1-3:0.2.8(50)\r\n0-0:1.0.0(200310123610W)\r\n1-0:1.8.0(1*kWh)\r\n"
#define PLAIN "^/NEW5\r\n\r\n" BODY "!#\r\n"

/* Append a part of a stream, by its letter. */
static size_t add(char letter, uint8_t *out)
{
	static const uint8_t false_start[] = { 0xDB, 8,	   'N', 'O', 'I',  'S',
					       'E',  0xDB, 8,	'X', 0x82, 4,
					       0,    0x30, '/', '!' };
	char text[512];
	uint8_t frame[512];
	struct span f;
	const char *recipe = "^/LUX5\r\n\r\n" BODY "!#\r\n";

	if (letter == 'p')
		return recipe_cook(PLAIN, (char *)out);
	if (letter == 'b')
		return recipe_cook("/OLD5\r\n1-0:1.8.0(1*kWh)\r\n!\r\n",
				   (char *)out);
	if (letter == 'h')
		return recipe_cook("/CUT5\r\n" BODY, (char *)out);
	if (letter == 'x') {
		memcpy(out, false_start, sizeof(false_start));
		return sizeof(false_start);
	}
	if (letter == 'C')
		recipe = "^/LUX5\r\n\r\n" BODY "!%\r\n";
	if (letter == 'N')
		recipe = "/LUX5\r\n\r\n" BODY "!\r\n";
	f = encipher(&test_keys, frame,
		     (struct span){ text, recipe_cook(recipe, text) }, 3);
	if (letter == 'T')
		frame[f.n - 1] ^= 1;
	if (letter == 'S')
		f.n -= 40;
	memcpy(out, f.p, f.n);
	return f.n;
}

static void read_all(struct reader *rd, char *out, size_t size)
{
	struct reading r;
	enum refusal why;
	enum next a;
	size_t n = strlen(out);

	while ((a = reader_next(rd, &r, &why)) != NEXT_WAITS)
		n += (size_t)snprintf(out + n, size - n, "%s ",
				      a == NEXT_REFUSED ? refusal_words[why]
				      : r.crc == CRC_OK ? "+"
							: "-");
}

/* Push a stream in pieces and expect "+" for each reading, else the refusal. */
static void check_stream(const char *letters, const struct cipher_keys *keys,
			 size_t piece, const char *want)
{
	uint8_t bytes[8192];
	char is[256] = "", name[64];
	struct reader *rd = reader_new();
	size_t n = 0;

	for (const char *l = letters; *l != '\0'; l++)
		n += add(*l, bytes + n);
	reader_set(rd, &(struct reader_options){ .keys = keys });
	for (size_t at = 0; at < n; at += piece) {
		reader_push(rd, bytes + at, n - at < piece ? n - at : piece);
		read_all(rd, is, sizeof(is));
	}
	reader_end(rd);
	read_all(rd, is, sizeof(is));
	reader_free(rd);
	snprintf(name, sizeof(name), "%s in pieces of %zu", letters, piece);
	check_text(name, is, want);
}

enum { NONE, KEY, BOTH, WRONG };

/*
 * E encrypted, and of these: T with a wrong tag, C with a wrong CRC inside, N
 * with none, S cut short. p plain, b without a CRC, h cut, x noise like a frame.
 */
static void encrypted_telegrams_are_read(void **state)
{
	static const struct {
		const char *letters;
		int keys;
		const char *want;
	} cases[] = {
		{ "E", NONE, "cipher " },
		{ "E", WRONG, "cipher " },
		{ "E", KEY, "+ " },
		{ "E", BOTH, "+ " },
		{ "EEE", BOTH, "+ + + " },
		{ "EEE", NONE, "cipher cipher cipher " },
		{ "T", BOTH, "cipher " },
		{ "T", KEY, "+ " },
		{ "C", BOTH, "crc " },
		{ "C", KEY, "crc " },
		{ "N", BOTH, "crc " },
		{ "EpE", BOTH, "+ + + " },
		{ "pEp", NONE, "+ cipher + " },
		{ "hEE", BOTH, "+ cut + " },
		{ "S", BOTH, "cut " },
		{ "ES", BOTH, "+ cut " },
		{ "SEEE", BOTH, "cipher + + + " },
		{ "SpE", BOTH, "cipher + + " },
		{ "pxpp", BOTH, "+ cut + + " },
		{ "xpppppppppppppp", BOTH,
		  "cipher + + + + + + + + + + + + + + " },
		{ "xEEEEEEEEEEEE", BOTH, "cipher + + + + + + + + + + + + " },
		{ "xbbbbb", NONE, "cut - - - - - " },
		{ "xhE", BOTH, "cut + " },
	};
	static const size_t pieces[] = { 1, 7, 64, 8192 };
	struct cipher_keys key = test_keys, wrong = test_keys;

	(void)state;
	key.has_auth = wrong.has_auth = false;
	wrong.key[15]++;
	for (size_t i = 0; i < COUNT(cases); i++)
		for (size_t k = 0; k < COUNT(pieces); k++)
			check_stream(cases[i].letters,
				     cases[i].keys == NONE   ? NULL
				     : cases[i].keys == KEY  ? &key
				     : cases[i].keys == BOTH ? &test_keys
							     : &wrong,
				     pieces[k], cases[i].want);
}

/* A cut or a flipped bit costs at most one telegram. */
static void damage_costs_one_telegram(void **state)
{
	uint8_t bytes[2048];
	size_t one = add('E', bytes), n = one;

	(void)state;
	n += add('E', bytes + n);
	n += add('p', bytes + n);
	for (size_t at = 0; at < one; at++) {
		struct reader *rd = reader_new();
		char is[64] = "";

		bytes[at] ^= (uint8_t)(1 << at % 8);
		reader_set(rd, &(struct reader_options){ .keys = &test_keys });
		reader_push(rd, bytes, n);
		read_all(rd, is, sizeof(is));
		reader_end(rd);
		read_all(rd, is, sizeof(is));
		bytes[at] ^= (uint8_t)(1 << at % 8);
		check_int("readings", reader_tally(rd)->accepted, 2);
		reader_free(rd);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encrypted_telegrams_are_read),
		cmocka_unit_test(damage_costs_one_telegram),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
