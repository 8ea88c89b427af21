/*
 * A meter that says what is not so. The telegram's CRC is right, for the
 * damage was done before it was made: no reader can refuse such a telegram,
 * and only its history tells. Chance is that of the seed, and does not touch
 * the house.
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

struct lies *lies_new(void);	/* NULL: out of memory */
void lies_free(struct lies *l); /* NULL is fine */

/* Whose chance it is, from the first telegram on; else of seed 0. */
void lies_seed(struct lies *l, uint64_t seed);

/* Is "KIND=..." one of these? Else it may be one of sim/fault.h. */
bool lies_know(const char *text);

/*
 * Add "KIND=P": a lie begins at a telegram with chance P, 0 to 1, and lasts as
 * long as its kind does. Or "KIND=STAMP", "KIND=STAMP+DURATION": it begins with
 * the first telegram at or after that moment. ERR_USAGE names what is wrong.
 */
int lies_add(struct lies *l, const char *text, struct err *e);

enum { LIE_COLUMNS = 128 };

/* How a telegram differs from what is so. */
struct lie {
	const char *kind;	   /* of the first lie; NULL: it is true */
	char columns[LIE_COLUMNS]; /* of the truth file, by blanks; "" */
};

/*
 * What the meter says in place of `f`: `f` itself, or a copy with something
 * false in it, borrowed until the next call. To be asked once for each
 * telegram, in order of time. A lie that the dialect has no words for is none.
 */
const struct display *lies_tell(struct lies *l, const struct dialect *d,
				const struct display *f, struct lie *out);

/* The kinds and what they do, as lines of --help. */
void lies_print(FILE *out);

#endif
