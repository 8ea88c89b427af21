/* Everything received at a port: all bytes, and the telegrams among them. */
#ifndef LOGGER_DIAGNOSE_RECORDING_H
#define LOGGER_DIAGNOSE_RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "telegram/reading.h"

enum {
	RECORDING_BYTES = 1 << 20, /* a minute at 115200 is 700 kB */
	RECORDING_TELEGRAMS =
		64, /* telegrams stored as text, including the last one */
};

/* Plain data for readers; written by recording.c only. */
struct recording {
	char *bytes;
	size_t n, from;		   /* bytes; start of those at the present
				      speed */
	int64_t telegrams;	   /* number received */
	int64_t interval;	   /* s between telegrams; 0: fewer than two */
	int64_t last_utc, last_ms; /* time of the previous telegram */
	size_t kept;
	struct {
		char *text;
		size_t n;
	} text[RECORDING_TELEGRAMS]; /* oldest first */
};

bool recording_begin(struct recording *t); /* false if out of memory */
void recording_end(struct recording *t);   /* accepts a zeroed one */

/* Record that the speed has changed. */
void recording_turn(struct recording *t);

/* Add received bytes; those beyond RECORDING_BYTES are dropped. */
void recording_bytes(struct recording *t, const char *bytes, size_t n);

/* Add a telegram received at `now` (monotonic, ms). */
void recording_telegram(struct recording *t, const struct reading *r,
			int64_t now);

/* Text of telegram i, i < kept; borrowed. */
struct span recording_text(const struct recording *t, size_t i);

/*
 * Bytes since the last recording_turn; all bytes if none arrived since and no
 * telegram ever did. Borrowed.
 */
struct span recording_now(const struct recording *t);

#endif
