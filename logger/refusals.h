/* How many telegrams were refused, and why, in a few words. */
#ifndef LOGGER_REFUSALS_H
#define LOGGER_REFUSALS_H

#include <stdint.h>

#include "telegram/framer.h"

struct refusals {
	int64_t of[REFUSAL_COUNT];
};

/* All of them together; and those of `more` to those of `to`. */
int64_t refusals_sum(const struct refusals *r);
void refusals_add(struct refusals *to, const struct refusals *more);

enum { REFUSALS_TEXT = 240 }; /* bytes of refusals_text, NUL included */

/* "crc 2, cut 1"; "" when there are none. Returns buf. */
char *refusals_text(char buf[static REFUSALS_TEXT], const struct refusals *r);

#endif
