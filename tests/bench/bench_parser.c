/*
 * bench_parser WHAT FILE TIMES: read a file of telegrams once, and then from
 * memory so many times:
 *
 *   read      frame, check and parse them, as they come from a port
 *   crc16     compute CRCs of 900 bytes
 *   short     the same in pieces too short for carry-less multiplication
 *   bytewise  the same with one table, a byte at a time
 *
 * Prints a count or a sum, so that nothing is left out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "telegram/crc16.h"
#include "telegram/reader.h"

enum { FILE_MAX = 1 << 26, PIECE = 1024, TELEGRAM = 900, SHORT = 48 };

static char bytes[FILE_MAX];
static uint16_t table[256];

static unsigned drain(struct reader *rd)
{
	struct reading r;
	enum refusal why;
	unsigned count = 0;

	while (reader_next(rd, &r, &why) != NEXT_WAITS)
		count++;
	return count;
}

static unsigned read_all(size_t n)
{
	struct reader *rd = reader_new();
	unsigned count = 0;
	size_t at = 0;

	if (rd == NULL)
		return 0;
	while (at < n) {
		size_t piece = n - at < PIECE ? n - at : PIECE;

		at += reader_push(rd, bytes + at, piece);
		count += drain(rd);
	}
	reader_end(rd);
	count += drain(rd);
	reader_free(rd);
	return count;
}

static uint16_t in_pieces(const char *p, size_t n)
{
	uint16_t crc = 0;

	for (; n > SHORT; p += SHORT, n -= SHORT)
		crc = crc16(crc, p, SHORT);
	return crc16(crc, p, n);
}

static uint16_t bytewise(const char *p, size_t n)
{
	uint16_t crc = 0;

	for (; n > 0; n--)
		crc = (uint16_t)(crc >> 8 ^
				 table[(crc ^ (unsigned char)*p++) & 0xFF]);
	return crc;
}

static unsigned sum(char what, size_t n)
{
	unsigned total = 0;

	for (const char *p = bytes; n >= TELEGRAM; p += TELEGRAM, n -= TELEGRAM)
		total += what == 'c'   ? crc16(0, p, TELEGRAM)
			 : what == 's' ? in_pieces(p, TELEGRAM)
				       : bytewise(p, TELEGRAM);
	return total;
}

int main(int argc, char **argv)
{
	FILE *file = argc == 4 ? fopen(argv[2], "rb") : NULL;
	unsigned total = 0;
	size_t n;

	if (file == NULL)
		return 64;
	n = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	for (int i = 0; i < 256; i++)
		table[i] = crc16(0, &(unsigned char){ (unsigned char)i }, 1);
	for (int i = atoi(argv[3]); i > 0; i--)
		total += *argv[1] == 'r' ? read_all(n) : sum(*argv[1], n);
	printf("%u\n", total);
	return 0;
}
