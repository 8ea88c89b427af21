/*
 * Find which meters take turns on one port: one has a reading, then another,
 * then the first again and the other again, all within an hour; or both have
 * one in the same second. A meter that is replaced, and put back, does not take
 * turns.
 *
 * Pure.
 */
#ifndef STORAGE_JOURNAL_METERS_IN_TURN_H
#define STORAGE_JOURNAL_METERS_IN_TURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { METERS_IN_TURN_S = 3600 };

/*
 * A stay: consecutive readings of one meter, with none of another in between.
 */
struct meters_in_turn_stay {
	int64_t meter, first, last; /* UTC */
};

struct meters_in_turn_pair {
	int64_t a, b; /* a < b */
};

struct meters_in_turn_first {
	int64_t meter, ts;
};

struct meters_in_turn {
	struct meters_in_turn_stay *stays; /* those of the last hour, by time */
	size_t n, room;
	struct meters_in_turn_pair *pairs; /* sorted */
	size_t pairs_n, pairs_room;
	struct meters_in_turn_first *firsts; /* one of each meter, sorted */
	size_t firsts_n, firsts_room;
};

/* Start empty. Safe on a zeroed struct. */
void meters_in_turn_begin(struct meters_in_turn *t);
void meters_in_turn_free(struct meters_in_turn *t);

/* Add a reading, in order of time. Returns 0, or ERR_FAILED if out of memory. */
int meters_in_turn_add(struct meters_in_turn *t, int64_t ts, int64_t meter,
		       struct err *e);

bool meters_in_turn_are(const struct meters_in_turn *t, int64_t a, int64_t b);

/* Returns the time of a meter's first reading; INT64_MAX if it has none. */
int64_t meters_in_turn_first(const struct meters_in_turn *t, int64_t meter);

#endif
