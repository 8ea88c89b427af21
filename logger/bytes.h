/*
 * What raw bytes look like, for --discover: P1 text, a line of the wrong
 * polarity, another speed, another protocol. Pure.
 */
#ifndef LOGGER_BYTES_H
#define LOGGER_BYTES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

struct bytes_seen {
	int64_t all;
	int64_t text;	/* that P1 text may have */
	int64_t p1;	/* digits and signs, of which P1 is mostly made */
	int64_t turned; /* that are such when the line is turned round */
	int64_t runs;	/* zeros, then ones: as from a slower sender */
	int64_t nul; /* of 00: breaks, and parity errors where it is checked */
};

/* Add what stands in the span; add what was counted elsewhere. */
void bytes_count(struct bytes_seen *b, struct span s);
void bytes_add(struct bytes_seen *to, const struct bytes_seen *more);

/* How many of them P1 text may have. */
int64_t bytes_text(struct span s);

/* Few tell nothing: each is false for them. */
bool bytes_are_text(const struct bytes_seen *b);
bool bytes_are_turned(const struct bytes_seen *b);
bool bytes_are_runs(const struct bytes_seen *b);

#endif
