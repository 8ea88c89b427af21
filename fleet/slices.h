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
 * The first slice of `all` ends `span` seconds after `data`, the first reading
 * in it; but if no reading follows, it is all that is left, since then only the
 * ends of days, months and years do. `next` is the first reading after the end.
 */
int64_t slices_end(struct slice all, int64_t data, int64_t span);
struct slice slices_first(struct slice all, int64_t end, int64_t next);

/* What is left of `all` after its first slice. */
struct slice slices_rest(struct slice all, struct slice first);

static inline bool slices_is_empty(struct slice s)
{
	return s.first > s.last;
}

#endif
