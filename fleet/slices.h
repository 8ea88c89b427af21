/*
 * Cut a long range of time into slices, each sent in one transaction of its own.
 * Pure.
 */
#ifndef FLEET_SLICES_H
#define FLEET_SLICES_H

#include <stdbool.h>
#include <stdint.h>

/* UTC, both included; first > last: empty. */
struct slice {
	int64_t first, last;
};

extern const struct slice slices_none;

/* The smallest range that contains both. */
struct slice slices_join(struct slice a, struct slice b);

/*
 * The counters at a boundary say what was counted before it, too: extend the
 * range to the boundary at or after its end.
 */
struct slice slices_widen(struct slice all, int64_t interval);

/*
 * The first slice of `all`: up to `span` seconds from `data` on, the first time
 * in it that has rows (INT64_MAX if none has).
 */
struct slice slices_first(struct slice all, int64_t data, int64_t span);

/* What is left of `all` after its first slice. */
struct slice slices_rest(struct slice all, struct slice first);

static inline bool slices_is_empty(struct slice s)
{
	return s.first > s.last;
}

#endif
