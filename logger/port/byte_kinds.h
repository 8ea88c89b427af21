/*
 * Classify raw bytes for --discover: P1 text, an inverted line, another speed,
 * another protocol. Pure.
 */
#ifndef LOGGER_PORT_BYTE_KINDS_H
#define LOGGER_PORT_BYTE_KINDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

struct byte_kinds {
	int64_t all;
	int64_t text;	/* that occur in P1 text */
	int64_t p1;	/* digits and signs, most of P1 */
	int64_t turned; /* P1 when the line is inverted */
	int64_t runs;	/* zeros, then ones: from a slower sender */
	int64_t nul;	/* 00: breaks, and parity errors if checked */
};

/* Count the bytes of a span; add other counts. */
void byte_kinds_count(struct byte_kinds *b, struct span s);
void byte_kinds_add(struct byte_kinds *to, const struct byte_kinds *more);

/* Number of bytes that occur in P1 text. */
int64_t byte_kinds_text(struct span s);

/* Always false for a few bytes, which prove nothing. */
bool byte_kinds_are_text(const struct byte_kinds *b);
bool byte_kinds_are_turned(const struct byte_kinds *b);
bool byte_kinds_are_runs(const struct byte_kinds *b);

#endif
