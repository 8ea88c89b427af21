/*
 * libFuzzer target: framer, decipher, parser and JSON, with any bytes. The
 * first byte selects how the rest is used, so that neither CRC nor cipher stops
 * the fuzzer from reaching the code behind them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "telegram/aesgcm.h"
#include "telegram/crc16.h"
#include "telegram/identify_protocol.h"
#include "telegram/json.h"
#include "telegram/lines.h"
#include "telegram/parse.h"
#include "telegram/reader.h"

enum input_way {
	RAW,	/* bytes from a port */
	TEXT,	/* a telegram, straight to the parser */
	MENDED, /* bytes from a port, with the last CRC corrected */
	SEALED, /* the same, encrypted */
	WAYS
};

enum { LONGEST = 1 << 17, FRAME_HEAD = 18 };

static const struct cipher_keys keys = {
	.key = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
	.has_auth = true,
	.auth = { 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99,
		  0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF },
};

static void insist(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

static int count_lines(struct span rest)
{
	struct line line;
	int n = 0;

	while (telegram_line(&rest, &line))
		n++;
	return n;
}

/* A buffer of JSON_MAX is enough: a reading must fit, with its NUL. */
static uint64_t write_json(const struct reading *r, uint64_t sum)
{
	static char line[JSON_MAX];
	size_t n = json_reading(r, line, sizeof(line));

	insist(r->lines == count_lines(r->raw), "the parser lost a line");
	insist(n > 0 && line[n] == '\0', "a reading does not fit");
	return crc16((uint16_t)sum, line, n) + sum * 31;
}

static uint64_t read_all(struct reader *rd, uint64_t sum)
{
	struct reading r;
	enum refusal why;
	enum next a;

	while ((a = reader_next(rd, &r, &why)) != NEXT_WAITS)
		sum = a == NEXT_READING ? write_json(&r, sum)
					: sum * 31 + (uint64_t)why + 1;
	return sum;
}

/* Read the bytes in pieces. Returns the readings as one number. */
static uint64_t read_pieces(const char *bytes, size_t n, size_t piece)
{
	struct reader *rd = reader_new();
	uint64_t sum = 0;

	insist(rd != NULL, "out of memory");
	reader_set(rd, &(struct reader_options){ .keys = &keys });
	while (n > 0) {
		size_t took = reader_push(rd, bytes, n < piece ? n : piece);

		sum = read_all(rd, sum);
		bytes += took;
		n -= took;
	}
	reader_end(rd);
	sum = read_all(rd, sum);
	reader_free(rd);
	return sum;
}

static void parse_text(const char *bytes, size_t n)
{
	struct reading r;

	if (telegram_parse((struct span){ bytes, n }, 3600, &r))
		write_json(&r, 0);
}

/* Write the correct CRC after the last '!'. Returns the length. */
static size_t mend(char *bytes, size_t n)
{
	char *end = bytes + n;
	const char *start = memchr(bytes, '/', n);

	while (end > bytes && end[-1] != '!')
		end--;
	if (start == NULL || end <= start)
		return n;
	sprintf(end, "%04X\r\n", crc16(0, start, (size_t)(end - start)));
	return (size_t)(end - bytes) + 6;
}

static size_t seal(char *out, const char *text, size_t n)
{
	static const uint8_t iv[AESGCM_IV] = "TITLETIT\0\0\0";
	const size_t length = 1 + 4 + n + AESGCM_TAG;
	uint8_t auth[1 + CIPHER_KEY] = { 0x30 };

	memcpy(auth + 1, keys.auth, CIPHER_KEY);
	memcpy(out, "\xDB\x08TITLETIT\x82", 11);
	out[11] = (char)(length >> 8);
	out[12] = (char)length;
	out[13] = 0x30;
	memcpy(out + 14, iv + 8, 4);
	insist(aesgcm_seal(keys.key, iv,
			   (struct span){ (char *)auth, sizeof(auth) },
			   (struct span){ text, n }, out + FRAME_HEAD,
			   (uint8_t *)out + FRAME_HEAD + n),
	       "no cipher");
	return FRAME_HEAD + n + AESGCM_TAG;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char bytes[LONGEST], frame[LONGEST];
	enum input_way way;
	size_t n, piece;

	if (size < 2 || size > LONGEST / 2)
		return 0;
	way = (enum input_way)(data[0] % WAYS);
	piece = 1u + data[0] / WAYS;
	n = size - 1;
	memcpy(bytes, data + 1, n);
	if (way == TEXT) {
		parse_text(bytes, n);
		return 0;
	}
	if (way != RAW)
		n = mend(bytes, n);
	if (way == SEALED) {
		n = seal(frame, bytes, n < 0xF000 ? n : 0xF000);
		memcpy(bytes, frame, n);
	}
	protocol_of((struct span){ bytes, n });
	insist(read_pieces(bytes, n, n) == read_pieces(bytes, n, piece),
	       "other pieces, other readings");
	return 0;
}
