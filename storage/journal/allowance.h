/*
 * What a meter that is heard may add in an hour. No telegram says how much
 * memory and disk it will cost: a message, a header or a log may be another in
 * each. A meter that means well stays far below; what is beyond is counted and
 * not kept. A gateway that was cut off for a month can catch up within the hour.
 */
#ifndef STORAGE_JOURNAL_ALLOWANCE_H
#define STORAGE_JOURNAL_ALLOWANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum allowance_kind {
	ALLOW_ROWS,   /* of electricity and of phases */
	ALLOW_VALUES, /* of M-Bus meters */
	ALLOW_NOTES,  /* texts, logs, and states that change */
	ALLOW_EXTRA,  /* [log] extra */
	ALLOW_METERS, /* identifiers that were not seen before */
	ALLOW_KINDS
};

struct allowance {
	bool live;	/* else all is allowed: a file has what it has */
	int64_t now;	/* s, of any clock that does not go back */
	int64_t beyond; /* how much was not allowed, in all */
	struct {
		size_t count, bytes; /* in an hour */
	} most[ALLOW_KINDS];
	struct {
		int64_t since;
		size_t count, bytes;
	} used[ALLOW_KINDS];
};

/* For readings that are kept once in `interval` seconds. */
void allowance_begin(struct allowance *a, long interval);

/* May one more, of so many bytes, be kept now? Counts it either way. */
bool allowance_take(struct allowance *a, enum allowance_kind kind,
		    size_t bytes);

#endif
