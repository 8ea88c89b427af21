/* What was heard at a port: all its bytes, and the telegrams among them. */
#ifndef LOGGER_TAPE_H
#define LOGGER_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "telegram/reading.h"

enum {
	TAPE_BYTES = 1 << 20, /* a minute at 115200 is 700 kB */
	TAPE_TELEGRAMS = 64,  /* whose text is kept, the last one among them */
};

/* Plain data to read; only tape.c writes. */
struct tape {
	char *bytes;
	size_t n, from;		   /* bytes; where those of this speed begin */
	int64_t telegrams;	   /* how many came */
	int64_t interval;	   /* s between two; 0: there were no two */
	int64_t last_utc, last_ms; /* of the telegram before */
	size_t kept;
	struct {
		char *text;
		size_t n;
	} text[TAPE_TELEGRAMS]; /* oldest first */
};

bool tape_begin(struct tape *t); /* false: out of memory */
void tape_end(struct tape *t);	 /* also of a zeroed one */

/* What comes from now on came at another speed. */
void tape_turn(struct tape *t);

/* Bytes came; those beyond TAPE_BYTES are left out. */
void tape_bytes(struct tape *t, const char *bytes, size_t n);

/* A telegram came, at `now` (monotonic, ms). */
void tape_telegram(struct tape *t, const struct reading *r, int64_t now);

/* The text of telegram i, i < kept; borrowed. */
struct span tape_text(const struct tape *t, size_t i);

/* The bytes since the last tape_turn; all when nothing came since. Borrowed. */
struct span tape_now(const struct tape *t);

#endif
