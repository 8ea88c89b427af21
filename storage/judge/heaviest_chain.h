/*
 * The largest set of one meter's readings that can be true together.
 *
 * A chain is a set of readings in order of time in which each can follow those
 * before it (judge_can_follow). Every register is compared with the newest
 * reading of the chain that shows it, so that a reading without a register
 * cannot hide a fall. Each reading weighs the number of telegrams it stands
 * for, and the heaviest chain is accepted. A reading of a meter that has
 * counted nothing yet weighs next to nothing: zeros decide only between sets
 * that otherwise weigh the same, so a dead channel never outvotes a single
 * count.
 *
 * Among equally heavy chains, and among equally heavy predecessors, the one
 * that ends first is chosen. The rule is the same for both, so the result
 * depends on content, not on arrival; and a reading after all others that can
 * follow the newest accepted one can be accepted without a search.
 *
 * For each reading, one chain that ends in it is remembered. If readings show
 * different registers, a heavier set that leaves out more of the earlier ones
 * can be missed; the result never contains two readings that contradict each
 * other.
 *
 * Pure: no database, no clock.
 */
#ifndef STORAGE_JUDGE_HEAVIEST_CHAIN_H
#define STORAGE_JUDGE_HEAVIEST_CHAIN_H

#include <stddef.h>

#include "base/err.h"
#include "storage/judge/can_follow.h"

/* A person's decision about a reading. */
enum pin {
	PIN_NONE,
	PIN_ACCEPTED, /* part of every chain; anything may precede it */
	PIN_REJECTED, /* part of none */
};

struct chain_reading {
	struct judge_point point;
	int64_t weight; /* telegrams that it stands for, 1 to 2^28 */
	enum pin pin;
	int64_t held; /* row of the table held; 0: it is accepted, or new */
	bool fresh;   /* held, and without a reason so far */
	bool chosen;  /* set by chain_find: part of the heaviest chain */
};

/* Readings that a chain must contain, as bits. */
enum { CHAIN_ANY = 0, CHAIN_FIRST = 1, CHAIN_LAST = 2 };

/* Order readings by time, then by what they show; for qsort. */
int chain_compare(const void *a, const void *b);

/*
 * Find the heaviest chain of list[0 .. n - 1], in the order of chain_compare
 * and without duplicates, and mark it in .chosen. `fixed`: the chain contains
 * the first or last reading of the list, if any chain does. *weight receives
 * the weight of the chosen readings, to compare with that of another call over
 * the same list. Returns 0, or ERR_FAILED if out of memory.
 */
int chain_find(const struct judge_rates *r, struct chain_reading *list,
	       size_t n, unsigned fixed, int64_t *weight, struct err *e);

#endif
