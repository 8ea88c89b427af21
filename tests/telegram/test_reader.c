#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "telegram/reader.h"
#include "tests/check.h"
#include "tests/telegram/recipe.h"

#define TIMED "0-0:1.0.0(200310123610W)\r\n"
#define ENERGY "1-0:1.8.1(1*kWh)\r\n"
#define NEW "^/NEW5\r\n\r\n1-3:0.2.8(50)\r\n" TIMED ENERGY "!#\r\n"
#define OLD "/OLD5\r\n\r\n0-0:96.1.1(31)\r\n" ENERGY "!\r\n"

/*
 * Write "+" for each reading with a CRC, "-" for one without, else the refusal.
 */
static void read_all(struct reader *rd, char *out, size_t size)
{
	struct reading r;
	enum refusal why;
	enum next a;
	size_t n = strlen(out);

	while ((a = reader_next(rd, &r, &why)) != NEXT_WAITS) {
		const char *word = a == NEXT_REFUSED ? refusal_words[why]
				   : r.crc == CRC_OK ? "+"
						     : "-";

		n += (size_t)snprintf(out + n, size - n, "%s ", word);
	}
}

static void a_crc_may_be_missing_only_in_old_ones(void **state)
{
	static const struct {
		const char *name, *recipe, *want;
	} cases[] = {
		{ "new", NEW, "+ " },
		{ "old", OLD, "- " },
		{ "old ones", OLD OLD, "- - " },
		{ "old without an end", "/OLD5\r\n" ENERGY, "- " },
		{ "old ones without an end",
		  "/OLD5\r\n" ENERGY "/OLD5\r\n" ENERGY, "- - " },
		{ "a total only",
		  "/ESY5 V3\r\n\r\n1-0:1.8.0*255(1*kWh)\r\n!\r\n", "- " },
		{ "a version",
		  "/X"
		  "YZ5\r\n1-3:0.2.8(50)\r\n" ENERGY "!\r\n",
		  "no-crc " },
		{ "a Belgian version",
		  "/FLU5\r\n0-0:96.1.4(50217)\r\n" ENERGY "!\r\n", "no-crc " },
		{ "a time", "/SWE5\r\n" TIMED ENERGY "!\r\n", "- " },
		{ "a time, and damage where a CRC begins",
		  "/SWE5\r\n" TIMED ENERGY "!\xB7"
		  "D79\r\n",
		  "no-crc " },
		{ "a time, cut behind the end", "/SWE5\r\n" TIMED ENERGY "!",
		  "no-crc " },
		{ "a time, no end", "/SWE5\r\n" TIMED ENERGY, "cut " },
		{ "a time, the stream has shown a CRC",
		  NEW "/SWE5\r\n" TIMED ENERGY "!\r\n", "+ no-crc " },
		{ "an invalid time",
		  "/SWE5\r\n0-0:1.0.0(250000000000W)\r\n" ENERGY "!\r\n",
		  "- " },
		{ "no energy", "/OLD5\r\n0-0:96.1.1(31)\r\n!\r\n", "no-crc " },
		{ "energy that cannot be read",
		  "/OLD5\r\n1-0:1.8.1(x*kWh)\r\n!\r\n", "no-crc " },
		{ "a version, no end", "/NEW5\r\n1-3:0.2.8(50)\r\n" ENERGY,
		  "cut " },
		{ "cut, then whole", "/NEW5\r\n1-3:0.2.8(50)\r\n" ENERGY NEW,
		  "cut + " },
		{ "the stream has shown a CRC", NEW OLD NEW, "+ no-crc + " },
		{ "an open one, the same", NEW "/OLD5\r\n" ENERGY NEW,
		  "+ cut + " },
		{ "a wrong CRC shows none", "^/NEW5\r\n" ENERGY "!%\r\n" OLD,
		  "crc - " },
		{ "heat alone, with a CRC",
		  "^/NWA-WARMTELINK\r\n\r\n1-3:0.2.8(50)\r\n"
		  "0-1:24.1.0(004)\r\n0-1:24.2.1(260215200523W)(2*GJ)\r\n"
		  "!~\r\n",
		  "+ " },
		{ "whole, but nothing in it", "^/NEW5\r\n\r\nhello\r\n!#\r\n",
		  "syntax " },
	};
	char bytes[2048];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reader *rd = reader_new();
		char is[128] = "";

		reader_push(rd, bytes, recipe_cook(cases[i].recipe, bytes));
		read_all(rd, is, sizeof(is));
		reader_end(rd);
		read_all(rd, is, sizeof(is));
		reader_free(rd);
		check_text(cases[i].name, is, cases[i].want);
	}
}

static void a_tally_is_kept(void **state)
{
	char bytes[2048], is[128] = "";
	struct reader *rd = reader_new();
	const struct reader_tally *t = reader_tally(rd);

	(void)state;
	reader_push(
		rd, bytes,
		recipe_cook(NEW NEW OLD "^/BAD5\r\n" ENERGY "!%\r\n", bytes));
	read_all(rd, is, sizeof(is));
	check_int("accepted", t->accepted, 2);
	check_int("no-crc", t->refused[REFUSED_NO_CRC], 1);
	check_int("crc", t->refused[REFUSED_CRC], 1);
	check_int("cut", t->refused[REFUSED_CUT], 0);
	reader_free(rd);
	reader_free(NULL);
}

/*
 * A stream of numbered telegrams with every kind of damage and noise, and the
 * numbers of those that must be read.
 */
enum meter_kind { DUTCH, BELGIAN, ANCIENT, DIALECTS };

enum {
	TELEGRAMS = 4000,
	CAPACITY = 8 << 20,
	PERCENT = 4, /* number of telegrams with each kind of damage */
};

struct stream {
	char *bytes;
	size_t n;
	int want[2 * TELEGRAMS]; /* the numbers that must be read, in order */
	int wanted;
	uint64_t seed;
};

static unsigned chance(struct stream *s, unsigned below)
{
	uint64_t z = s->seed += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return (unsigned)((z ^ z >> 31) % below);
}

static bool strikes(struct stream *s)
{
	return chance(s, 100) < PERCENT;
}

static size_t telegram(char *out, enum meter_kind d, int i)
{
	static const char *const heads[] = {
		[DUTCH] = "^/KFM5TEST-METER\r\n\r\n1-3:0.2.8(50)\r\n",
		[BELGIAN] = "^/FLU5\\2537_A\r\n\r\n0-0:96.1.4(50217)\r\n",
		[ANCIENT] = "^/ISk5\\2ME382\r\n\r\n0-0:96.1.1(4B41)\r\n",
	};
	char recipe[2048], *p = recipe;
	int minute = i / 60 % 60, second = i % 60, hour = i / 3600;

	p += sprintf(p, "%s", heads[d]);
	if (d != ANCIENT)
		p += sprintf(p, "0-0:1.0.0(260701%02d%02d%02dS)\r\n", hour,
			     minute, second);
	p += sprintf(p, "1-0:1.8.1(%06d.%03d*kWh)\r\n", i, i % 1000);
	p += sprintf(p, "1-0:1.7.0(%02d.%03d*kW)\r\n", i % 17, i % 999);
	p += sprintf(p, "0-0:96.13.0()\r\n1-0:32.7.0(23%d.0*V)\r\n", i % 10);
	if (d == ANCIENT)
		p += sprintf(p,
			     "0-1:24.1.0(3)\r\n0-1:24.3.0(260701%02d0000)(00)"
			     "(60)(1)(0-1:24.2.1)(m3)\r\n(%05d.%03d)\r\n!\r\n",
			     hour, i, i % 1000);
	else
		p += sprintf(p,
			     "0-1:24.1.0(003)\r\n0-1:24.2.1(260701%02d0000S)"
			     "(%05d.%03d*m3)\r\n!#\r\n",
			     hour, i, i % 1000);
	return recipe_cook(recipe, out);
}

static void add(struct stream *s, const char *bytes, size_t n)
{
	assert_true(s->n + n < CAPACITY);
	memcpy(s->bytes + s->n, bytes, n);
	s->n += n;
}

/* Append bytes that may precede a telegram. */
static void add_noise(struct stream *s)
{
	char noise[256];
	size_t n = 1 + chance(s, 200);

	for (size_t i = 0; i < n; i++)
		noise[i] = (char)chance(s, 256);
	if (strikes(s))
		add(s, noise, n);
	if (strikes(s)) {
		noise[n - 1] = '/';
		add(s, noise, n);
	}
	if (strikes(s)) {
		add(s, "/LNG5\r\n\r\n", 9);
		for (int i = 0; i < 2000; i++)
			add(s, "0123456789", 10);
		add(s, "\r\n", 2);
	}
}

static size_t without_cr(char *bytes, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (bytes[i] != '\r')
			bytes[k++] = bytes[i];
	return k;
}

/* Perhaps damage a telegram with a CRC. Returns whether it was damaged. */
static bool damage(struct stream *s, char *bytes, size_t *n)
{
	size_t end = *n - 6, at = 1 + chance(s, (unsigned)end - 70), hole;

	switch (chance(s, 100 / PERCENT)) {
	case 0:
		at = chance(s, (unsigned)end);
		bytes[at] = (char)(bytes[at] ^ 1 << chance(s, 8));
		return true;
	case 1:
		*n = at;
		return true;
	case 2:
		hole = 1 + chance(s, 64);
		*n -= hole;
		memmove(bytes + at, bytes + at + hole, *n - at);
		return true;
	case 3:
		bytes[end] = bytes[end] == '1' ? '2' : '1';
		return true;
	case 4:
		if (memcmp(bytes + end, "0000", 4) == 0)
			return false;
		memcpy(bytes + end, "0000", 4);
		return true;
	default:
		return false;
	}
}

static void add_telegram(struct stream *s, enum meter_kind d, int i)
{
	char bytes[2048];
	size_t n = telegram(bytes, d, i);

	add_noise(s);
	if (strikes(s)) {
		add(s, bytes, n);
		s->want[s->wanted++] = i;
	}
	if (d == ANCIENT || !damage(s, bytes, &n)) {
		if (strikes(s))
			n = without_cr(bytes, n);
		s->want[s->wanted++] = i;
	}
	add(s, bytes, n);
}

static void check_reading(const struct reading *r, enum meter_kind d, int i)
{
	int64_t gas = (int64_t)i * 1000 + i % 1000;

	check_int("import", r->value[Q_IMPORT_T1], gas);
	check_int("power", r->value[Q_POWER_IMPORT], i % 17 * 1000 + i % 999);
	check_int("voltage", r->value[Q_VOLTAGE_L1], 230000 + i % 10 * 1000);
	check_int("gas", r->mbus[0].value, gas);
	if (d != ANCIENT)
		check_int("time", r->time.utc, 1782856800 + i);
}

/* Push the whole stream in pieces (0: of any size) and compare the results. */
static void check_stream(struct stream *s, enum meter_kind d, size_t piece)
{
	struct reader *rd = reader_new();
	struct reading r;
	enum refusal why;
	enum next a;
	int got = 0;

	for (size_t at = 0; at < s->n;) {
		size_t n = piece ? piece : 1 + chance(s, 3000);

		n = n < s->n - at ? n : s->n - at;
		at += reader_push(rd, s->bytes + at, n);
		while ((a = reader_next(rd, &r, &why)) != NEXT_WAITS) {
			if (a == NEXT_REFUSED)
				continue;
			assert_true(got < s->wanted);
			check_reading(&r, d, s->want[got++]);
		}
	}
	check_int("readings", got, s->wanted);
	check_int("accepted", reader_tally(rd)->accepted, s->wanted);
	reader_free(rd);
}

static void every_good_one_comes_out_and_no_other(void **state)
{
	static struct stream s;

	(void)state;
	s.bytes = malloc(CAPACITY);
	assert_non_null(s.bytes);
	for (enum meter_kind d = DUTCH; d < DIALECTS; d++) {
		s.n = 0;
		s.wanted = 0;
		s.seed = 20261121 + d;
		for (int i = 0; i < TELEGRAMS; i++)
			add_telegram(&s, d, i);
		check_stream(&s, d, 4096);
		check_stream(&s, d, 1);
		check_stream(&s, d, 7);
		check_stream(&s, d, 0);
	}
	free(s.bytes);
}

/* Bytes that no meter sends: no crash, no reading, and every byte is taken. */
static void noise_gives_nothing(void **state)
{
	static const char alphabet[] = "/!()\r\n01-:.8*kWhABC \xFF";
	static struct stream s = { .seed = 7 };
	struct reader *rd = reader_new();
	char is[64] = "";
	char noise[1000];

	(void)state;
	for (int round = 0; round < 2000; round++) {
		for (size_t i = 0; i < sizeof(noise); i++)
			noise[i] = alphabet[chance(&s, sizeof(alphabet))];
		for (size_t at = 0; at < sizeof(noise);) {
			struct reading r;
			enum refusal why;
			enum next a;

			at += reader_push(rd, noise + at, sizeof(noise) - at);
			while ((a = reader_next(rd, &r, &why)))
				assert_int_equal(a, NEXT_REFUSED);
		}
	}
	check_int("accepted", reader_tally(rd)->accepted, 0);
	reader_end(rd);
	read_all(rd, is, sizeof(is));
	reader_free(rd);
}

static void volts_in_kv_are_two_hours_ahead(void **state)
{
	static const struct {
		const char *volts;
		int64_t base;
	} cases[] = {
		{ "0000.231*kV", 7200 },
		{ "0000.231*kV", 7200 },
		{ "231.0*V", 3600 },
		{ "231.0*V", 3600 },
	};
	struct reader *rd = reader_new();
	char text[512];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;
		enum refusal why;
		char recipe[256];
		size_t n;

		snprintf(recipe, sizeof(recipe),
			 "^/XYZ5\r\n\r\n" TIMED ENERGY
			 "1-0:32.7.0(%s)\r\n0-0:96.13.0(1*kV)\r\n!#\r\n",
			 cases[i].volts);
		n = recipe_cook(recipe, text);
		reader_push(rd, text, n);
		assert_int_equal(reader_next(rd, &r, &why), NEXT_READING);
		check_int("base", r.base, cases[i].base);
		check_int("time", r.time.utc,
			  INT64_C(1583843770) - cases[i].base);
		check_int("again", reader_next(rd, &r, &why), NEXT_WAITS);
	}
	reader_free(rd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_crc_may_be_missing_only_in_old_ones),
		cmocka_unit_test(a_tally_is_kept),
		cmocka_unit_test(every_good_one_comes_out_and_no_other),
		cmocka_unit_test(noise_gives_nothing),
		cmocka_unit_test(volts_in_kv_are_two_hours_ahead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
