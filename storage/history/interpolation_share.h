/* Internal: the rule that interpolates a counter between two readings. */
#ifndef STORAGE_HISTORY_INTERPOLATION_SHARE_H
#define STORAGE_HISTORY_INTERPOLATION_SHARE_H

#include <stdint.h>

/*
 * Compute the share of `added`, which was counted from `from` to `to`, that
 * falls before t. The remainder and both times are below 2^32, so their product
 * fits in 64 bits.
 */
static inline int64_t interpolation_share(int64_t added, int64_t t,
					  int64_t from, int64_t to)
{
	uint64_t whole = to > from ? (uint64_t)(to - from) : 1;
	uint64_t part = (uint64_t)(t - from);
	uint64_t size = added < 0 ? (uint64_t)-added : (uint64_t)added;
	int64_t sum =
		(int64_t)(size / whole * part + size % whole * part / whole);

	return added < 0 ? -sum : sum;
}

#endif
