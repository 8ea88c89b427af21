/*
 * Classify raw bytes for --discover: P1 text, an inverted line, another speed,
 * another protocol. Pure.
 */
#ifndef LOGGER_PORT_BYTES_H
#define LOGGER_PORT_BYTES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

struct bytes_seen {
	int64_t all;
	int64_t text;	/* that occur in P1 text */
	int64_t p1;	/* digits and signs, most of P1 */
	int64_t turned; /* P1 when the line is inverted */
	int64_t runs;	/* zeros, then ones: from a slower sender */
	int64_t nul;	/* 00: breaks, and parity errors if checked */
};

/* Count the bytes of a span; add other counts. */
void bytes_count(struct bytes_seen *b, struct span s);
void bytes_add(struct bytes_seen *to, const struct bytes_seen *more);

/* Number of bytes that occur in P1 text. */
int64_t bytes_text(struct span s);

/* Always false for a few bytes, which prove nothing. */
bool bytes_are_text(const struct bytes_seen *b);
bool bytes_are_turned(const struct bytes_seen *b);
bool bytes_are_runs(const struct bytes_seen *b);

#endif
