/* Counts of refused telegrams by reason, and their description. */
#ifndef LOGGER_REFUSAL_COUNTS_H
#define LOGGER_REFUSAL_COUNTS_H

#include <stdint.h>

#include "telegram/framer.h"

struct refusal_counts {
	int64_t of[REFUSAL_COUNT];
};

/* The sum of all counts. */
int64_t refusal_counts_sum(const struct refusal_counts *r);

enum {
	REFUSAL_COUNTS_TEXT = 240
}; /* buffer size for refusal_counts_text, NUL included */

/* "crc 2, cut 1"; "" if all counts are 0. Returns buf. */
char *refusal_counts_text(char buf[static REFUSAL_COUNTS_TEXT],
			  const struct refusal_counts *r);

#endif
