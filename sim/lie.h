/*
 * A meter that shows wrong values. The telegram's CRC is correct, since the
 * damage happened earlier: only the history shows that such a telegram is
 * wrong. Derived from the seed, without affecting the household.
 */
#ifndef SIM_LIE_H
#define SIM_LIE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "sim/dialect.h"
#include "sim/display.h"

struct lies;

struct lies *lies_new(void);	/* NULL if out of memory */
void lies_free(struct lies *l); /* NULL is fine */

/* Set the seed before the first telegram; the default is 0. */
void lies_seed(struct lies *l, uint64_t seed);

/* Does "KIND=..." name a lie? Otherwise it may be a fault of sim/fault.h. */
bool lies_know(const char *text);

/*
 * Add "KIND=P": a lie starts at a telegram with probability P, 0 to 1, and
 * lasts as long as its kind. Or "KIND=STAMP", "KIND=STAMP+DURATION": it starts
 * at the first telegram at or after that time. ERR_USAGE says what is wrong.
 */
int lies_add(struct lies *l, const char *text, struct err *e);

enum { LIE_COLUMNS = 128 };

/* How a telegram differs from the truth. */
struct lie {
	const char *kind;	   /* kind of the first lie; NULL if none */
	char columns[LIE_COLUMNS]; /* false columns of the truth file,
				      space-separated; "" */
};

/*
 * What the meter shows instead of `f`: `f` itself or a falsified copy, borrowed
 * until the next call. Call it once per telegram in chronological order. A lie
 * that the dialect cannot express is skipped.
 */
const struct display *lies_tell(struct lies *l, const struct dialect *d,
				const struct display *f, struct lie *out);

/* Print the kinds and their effects for --help. */
void lies_print(FILE *out);

#endif
