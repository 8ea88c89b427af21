/*
 * Limits on what a live meter may add in an hour. Without them, a meter whose
 * message, header or log differs in each telegram could fill memory and disk. A
 * normal meter stays far below the limits; what exceeds them is counted and not
 * stored. A gateway that was cut off for a month can catch up within the hour.
 */
#ifndef STORAGE_JOURNAL_FLOOD_LIMIT_H
#define STORAGE_JOURNAL_FLOOD_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum flood_limit_kind {
	ALLOW_ROWS,   /* for electricity and for phases */
	ALLOW_VALUES, /* for M-Bus meters */
	ALLOW_NOTES,  /* texts, logs, and states that change */
	ALLOW_EXTRA,  /* [log] extra */
	ALLOW_METERS, /* identifiers that were not seen before */
	ALLOW_KINDS
};

struct flood_limit {
	bool live;	/* otherwise everything is allowed, as for a file */
	int64_t now;	/* s, of a clock that does not go back */
	int64_t beyond; /* total number refused */
	struct {
		size_t count, bytes; /* in an hour */
	} most[ALLOW_KINDS];
	struct {
		int64_t since;
		size_t count, bytes;
	} used[ALLOW_KINDS];
};

/* Set the limits for readings stored once in `interval` seconds. */
void flood_limit_begin(struct flood_limit *a, long interval);

/* May one more item of `bytes` bytes be stored now? Counts it either way. */
bool flood_limit_take(struct flood_limit *a, enum flood_limit_kind kind,
		      size_t bytes);

#endif
