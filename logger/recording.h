/* What was heard at a port: all its bytes, and the telegrams among them. */
#ifndef LOGGER_RECORDING_H
#define LOGGER_RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "telegram/reading.h"

enum {
	RECORDING_BYTES = 1 << 20, /* a minute at 115200 is 700 kB */
	RECORDING_TELEGRAMS =
		64, /* whose text is kept, the last one among them */
};

/* Plain data to read; only tape.c writes. */
struct recording {
	char *bytes;
	size_t n, from;		   /* bytes; where those of this speed begin */
	int64_t telegrams;	   /* how many came */
	int64_t interval;	   /* s between two; 0: there were no two */
	int64_t last_utc, last_ms; /* of the telegram before */
	size_t kept;
	struct {
		char *text;
		size_t n;
	} text[RECORDING_TELEGRAMS]; /* oldest first */
};

bool recording_begin(struct recording *t); /* false: out of memory */
void recording_end(struct recording *t);   /* also of a zeroed one */

/* What comes from now on came at another speed. */
void recording_turn(struct recording *t);

/* Bytes came; those beyond RECORDING_BYTES are left out. */
void recording_bytes(struct recording *t, const char *bytes, size_t n);

/* A telegram came, at `now` (monotonic, ms). */
void recording_telegram(struct recording *t, const struct reading *r,
			int64_t now);

/* The text of telegram i, i < kept; borrowed. */
struct span recording_text(const struct recording *t, size_t i);

/* The bytes since the last recording_turn; all when nothing came since. Borrowed. */
struct span recording_now(const struct recording *t);

#endif
