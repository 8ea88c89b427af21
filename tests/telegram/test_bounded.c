/*
 * Whatever arrives, each byte costs a bounded time and no memory. Streams that
 * are made to be expensive are compared with as many bytes of ordinary
 * telegrams, by processor time and with a wide margin.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "telegram/crc16.h"
#include "telegram/json.h"
#include "telegram/reader.h"
#include "tests/check.h"

#if defined(__has_feature)
#define SANITIZED __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

enum {
	STREAM = 2 << 20, /* bytes of each */
	TIMES_MOST = 20,  /* more expensive than ordinary ones */
	GROWTH_MOST_KB =
		SANITIZED ? 65536 : 1024, /* sanitizers keep freed memory */
	ROUNDS = 3,			  /* the best one counts */
};

static char stream[STREAM];

/* Complete the telegram of n bytes at `at` with its CRC. Returns its length. */
static size_t seal(char *at, size_t n)
{
	return n + (size_t)sprintf(at + n, "%04X\r\n", crc16(0, at, n));
}

/* Fill the stream with copies of n bytes. */
static void repeat(const char *text, size_t n)
{
	for (size_t i = 0; i < STREAM; i++)
		stream[i] = text[i % n];
}

static void repeat_text(const char *text)
{
	repeat(text, strlen(text));
}

/* Fill the stream with complete telegrams, each with its CRC. */
static void repeat_sealed(const char *text)
{
	static char one[1 << 16];
	size_t n = strlen(text);

	memcpy(one, text, n + 1);
	repeat(one, seal(one, n));
}

/* Fill the stream with telegrams that repeat `line` `count` times. */
static void many_lines(const char *line, int count)
{
	static char one[1 << 16];
	size_t n = (size_t)sprintf(one, "/XMX5\r\n\r\n1-3:0.2.8(50)\r\n"
					"0-0:1.0.0(261121120000W)\r\n"
					"1-0:1.8.1(000001.000*kWh)\r\n");

	for (int i = 0; i < count; i++)
		n += (size_t)sprintf(one + n, "%s", line);
	n += (size_t)sprintf(one + n, "!");
	repeat(one, seal(one, n));
}

static void ordinary(void)
{
	repeat_sealed("/XMX5LGBBLA4402915485\r\n\r\n1-3:0.2.8(50)\r\n"
		      "0-0:1.0.0(200310123610W)\r\n"
		      "0-0:96.1.1(4530303435303034303436393339353137)\r\n"
		      "1-0:1.8.1(001164.722*kWh)\r\n"
		      "1-0:1.8.2(002073.513*kWh)\r\n"
		      "1-0:2.8.1(000000.000*kWh)\r\n"
		      "1-0:2.8.2(000000.000*kWh)\r\n0-0:96.14.0(0002)\r\n"
		      "1-0:1.7.0(00.483*kW)\r\n1-0:2.7.0(00.000*kW)\r\n"
		      "0-0:96.7.21(00007)\r\n0-0:96.7.9(00004)\r\n"
		      "1-0:99.97.0(2)(0-0:96.7.19)(171012070124S)"
		      "(0000008582*s)(180726121215S)(0000001254*s)\r\n"
		      "1-0:32.32.0(00004)\r\n1-0:32.36.0(00001)\r\n"
		      "0-0:96.13.0()\r\n1-0:32.7.0(233.0*V)\r\n"
		      "1-0:31.7.0(002*A)\r\n1-0:21.7.0(00.482*kW)\r\n"
		      "1-0:22.7.0(00.000*kW)\r\n0-1:24.1.0(003)\r\n"
		      "0-1:96.1.0(4730303332353635353438333236323137)\r\n"
		      "0-1:24.2.1(200310123504W)(01621.615*m3)\r\n!");
}

static void slashes(void)
{
	repeat_text("/");
}

static void slashes_on_lines(void)
{
	repeat_text("/\r\n");
}

static void endless_line(void)
{
	memset(stream, '1', STREAM);
	memcpy(stream, "/XMX5\r\n\r\n1-0:1.8.1(", 20);
}

static void endless_telegram(void)
{
	repeat_text("1-0:1.8.1(000001.000*kWh)\r\n");
	memcpy(stream, "/XMX5\r\n\r\n", 9);
}

static void short_telegrams(void)
{
	repeat_text("/a\r\n!\r\n");
}

static void shortest_sealed(void)
{
	repeat_sealed("/a\r\n\r\n!");
}

static void end_lines(void)
{
	repeat_text("!0000\r\n");
}

static void heads_and_wrong_ends(void)
{
	repeat_text("/X\r\n1-0:1.8.1(1*kWh)\r\n!1234\r\n");
}

static void line_feeds(void)
{
	repeat_text("\n");
}

static void heads_without_cr(void)
{
	repeat_text("/X\n1(1)\n!0000\n");
}

static void open_brackets(void)
{
	repeat_text("/X\r\n((((((((((((((((((((((((((((((((((((((((((((((\r\n");
}

static void cipher_heads(void)
{
	repeat_text("\xDB\x08SYSTITLE\x82\xFF\xFF\x30");
}

static void noise(void)
{
	uint32_t x = 1;

	for (size_t i = 0; i < STREAM; i++) {
		x = x * 1664525 + 1013904223;
		stream[i] = (char)(x >> 24);
	}
}

static void same_line_again(void)
{
	many_lines("1-0:1.8.1(000001.000*kWh)\r\n", 2000);
}

static void unknown_lines(void)
{
	many_lines("1-2:3.4.5(6)\r\n", 4000);
}

static void slashes_within(void)
{
	many_lines("/////////////////////////////////////////////////\r\n",
		   1200);
}

static void long_log(void)
{
	static char line[1 << 15];
	size_t n = (size_t)sprintf(line, "1-0:99.97.0(999)(0-0:96.7.19)");

	for (int i = 0; i < 900; i++)
		n += (size_t)sprintf(line + n, "(171012070124S)(0000000240*s)");
	strcpy(line + n, "\r\n");
	many_lines(line, 2);
}

static void long_message(void)
{
	static char line[60100];
	size_t n = (size_t)sprintf(line, "0-0:96.13.0(");

	memset(line + n, '3', 60000);
	strcpy(line + n + 60000, ")\r\n");
	many_lines(line, 1);
}

static const struct {
	const char *name;
	void (*make)(void);
} streams[] = {
	{ "slashes", slashes },
	{ "slashes on lines", slashes_on_lines },
	{ "an endless line", endless_line },
	{ "an endless telegram", endless_telegram },
	{ "short telegrams", short_telegrams },
	{ "the shortest with a CRC", shortest_sealed },
	{ "end lines", end_lines },
	{ "heads and wrong ends", heads_and_wrong_ends },
	{ "line feeds", line_feeds },
	{ "heads without CR", heads_without_cr },
	{ "open brackets", open_brackets },
	{ "cipher heads", cipher_heads },
	{ "noise", noise },
	{ "the same line again", same_line_again },
	{ "unknown lines", unknown_lines },
	{ "slashes within", slashes_within },
	{ "a long log", long_log },
	{ "a long message", long_message },
};

/*
 * Read the stream. Returns the processor time in seconds; *readings is the
 * number of readings.
 */
static double read_and_count(const struct cipher_keys *keys, int64_t *readings)
{
	static char line[JSON_MAX];
	struct reader_options how = { .keys = keys };
	struct reader *rd = reader_new();
	clock_t began = clock();
	enum next a;
	enum refusal why;
	struct reading r;

	assert_non_null(rd);
	reader_set(rd, &how);
	for (size_t at = 0; at < STREAM;) {
		at += reader_push(rd, stream + at, STREAM - at);
		while ((a = reader_next(rd, &r, &why)) != NEXT_WAITS)
			if (a == NEXT_READING)
				json_reading(&r, line, sizeof(line));
	}
	*readings = reader_tally(rd)->accepted;
	reader_free(rd);
	return (double)(clock() - began) / CLOCKS_PER_SEC;
}

static double read_stream(const struct cipher_keys *keys)
{
	int64_t ignored;

	return read_and_count(keys, &ignored);
}

static double best_of(const struct cipher_keys *keys)
{
	double best = read_stream(keys);

	for (int i = 1; i < ROUNDS; i++) {
		double t = read_stream(keys);

		best = t < best ? t : best;
	}
	return best;
}

static long peak_kb(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss;
}

static void each_byte_costs_a_bounded_time(void **state)
{
	const struct cipher_keys keys = { .has_auth = true };
	double usual;

	(void)state;
	ordinary();
	usual = best_of(NULL);
	for (size_t i = 0; i < COUNT(streams); i++) {
		double time;

		streams[i].make();
		time = best_of(streams[i].make == cipher_heads ? &keys : NULL);
		print_message("%s: %.1f times\n", streams[i].name,
			      time / usual);
		if (time > usual * (double)TIMES_MOST)
			fail_msg("%s: %.1f times the time of telegrams",
				 streams[i].name, time / usual);
	}
}

static void no_stream_takes_memory(void **state)
{
	long before;

	(void)state;
	ordinary();
	read_stream(NULL);
	before = peak_kb();
	for (size_t i = 0; i < COUNT(streams); i++) {
		streams[i].make();
		read_stream(NULL);
	}
	if (peak_kb() - before > GROWTH_MOST_KB)
		fail_msg("%ld kB more", peak_kb() - before);
}

/* The ordinary telegrams, and those that only look damaged, are read. */
static void whole_telegrams_are_read(void **state)
{
	static void (*const whole[])(void) = {
		ordinary,	same_line_again, unknown_lines,
		slashes_within, long_log,	 long_message,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(whole); i++) {
		int64_t readings;

		whole[i]();
		read_and_count(NULL, &readings);
		if (readings < STREAM / 65536 - 1)
			fail_msg("of %zu only %lld were read", i,
				 (long long)readings);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_telegrams_are_read),
		cmocka_unit_test(no_stream_takes_memory),
		cmocka_unit_test(each_byte_costs_a_bounded_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
