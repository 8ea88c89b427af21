/*
 * The last line of a telegram: '!' and up to four hexadecimal digits of a CRC.
 * Meters print it with or without leading zeros, in either case, or followed by
 * a NUL, and some omit the line end before it.
 */
#ifndef TELEGRAM_ENDLINE_H
#define TELEGRAM_ENDLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* Result of looking at a '!'. */
struct end_line {
	bool is;    /* false: part of a text */
	bool more;  /* more bytes are needed to decide */
	int digits; /* digits of the CRC; 0 if none */
	uint16_t crc;
	size_t next; /* first byte after the line */
};

/* Look at the '!' in bytes.p[bang]; `ended`: no bytes follow these. */
struct end_line end_line_at(struct span bytes, size_t bang, bool ended);

/* Is bytes.p[i] the first non-blank character of its line? */
bool line_starts(struct span bytes, size_t i);

#endif
