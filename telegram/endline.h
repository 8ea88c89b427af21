/*
 * The line that ends a telegram: '!', and up to four hexadecimal digits of a
 * CRC. Meters print it with leading zeros or without, in capitals or not, with
 * a NUL behind it, and some leave no line end before it.
 */
#ifndef TELEGRAM_ENDLINE_H
#define TELEGRAM_ENDLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* What stands at a '!'. */
struct end_line {
	bool is;    /* else it is part of a text */
	bool more;  /* more bytes are needed to tell */
	int digits; /* of the CRC; 0: none */
	uint16_t crc;
	size_t next; /* the first byte behind the line */
};

/* The '!' stands at bytes.p[bang]; `ended`: no bytes come behind these. */
struct end_line end_line_at(struct span bytes, size_t bang, bool ended);

/* Is bytes.p[i] the first of its line that is no blank? */
bool line_starts(struct span bytes, size_t i);

#endif
