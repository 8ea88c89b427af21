/* Counts of refused telegrams by reason, and their description. */
#ifndef LOGGER_REFUSALS_H
#define LOGGER_REFUSALS_H

#include <stdint.h>

#include "telegram/framer.h"

struct refusals {
	int64_t of[REFUSAL_COUNT];
};

/* The sum of all counts. */
int64_t refusals_sum(const struct refusals *r);

enum { REFUSALS_TEXT = 240 }; /* buffer size for refusals_text, NUL included */

/* "crc 2, cut 1"; "" if there are none. Returns buf. */
char *refusals_text(char buf[static REFUSALS_TEXT], const struct refusals *r);

#endif
