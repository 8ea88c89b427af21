/*
 * Bytes in, frames out. Find the start and end of each telegram in the pieces
 * that a serial port or file delivers, and check its CRC. Does no I/O, uses no
 * clock and knows no quantities.
 *
 * Every '/' may start a telegram: headers contain slashes, noise runs into a
 * header without a line end, and a truncated telegram runs into the next one.
 * The CRC after the '!' decides. Without a CRC (DSMR 2.2 and 3.0) a telegram
 * ends at its '!', at the next header, or when the line falls silent.
 *
 * Encrypted telegrams (telegram/decipher.h) end by their length. Bytes that
 * look like the start of one may be noise or part of another, so the owner of
 * the key decides; if it is not a telegram, its bytes are scanned like any
 * others.
 */
#ifndef TELEGRAM_FRAMER_H
#define TELEGRAM_FRAMER_H

#include <stdbool.h>

#include "base/span.h"

enum { TELEGRAM_MAX = 65536 }; /* bytes; a longer one is refused */

/* Why a presumed telegram was refused; one word each. */
enum refusal {
	REFUSED_CRC,	  /* "crc": wrong */
	REFUSED_NO_CRC,	  /* "no-crc": missing in a version that has one */
	REFUSED_CUT,	  /* "cut": its start or end is missing */
	REFUSED_TOO_LONG, /* "too-long" */
	REFUSED_NO_TIME,  /* "no-time": read from a file, and has no time */
	REFUSED_SYNTAX,	  /* "syntax": complete, but not a telegram */
	REFUSED_CIPHER,	  /* "cipher": no key, or the wrong one */
	REFUSAL_COUNT
};

extern const char *const refusal_words[REFUSAL_COUNT];

struct framer;

struct framer *framer_new(void);    /* NULL if out of memory */
void framer_free(struct framer *f); /* NULL is fine */

enum frame_kind {
	FRAME_NONE,    /* nothing complete: push more */
	FRAME_GOOD,    /* CRC present and correct */
	FRAME_BARE,    /* complete, without a CRC: legal in some versions
			  only */
	FRAME_REFUSED, /* dropped; see `why` */
	FRAME_CIPHER,  /* may be an encrypted telegram: see framer_took */
};

struct frame {
	enum frame_kind kind;
	struct span bytes; /* from '/' or 0xDB; borrowed until the next call */
	enum refusal why;  /* FRAME_REFUSED */
	bool open;	   /* FRAME_BARE: no '!' */
};

/*
 * Memory is constant, and so is the work per byte: an end line settles the
 * bytes before it, which are never scanned again. (For bytes that repeatedly
 * look like an encrypted telegram, the work is bounded.)
 *
 * Add up to n bytes; returns the number taken, at least 1 unless n is 0 or
 * frames are waiting. Call framer_next until FRAME_NONE, then push the rest.
 */
size_t framer_push(struct framer *f, const void *bytes, size_t n);

/* Returns the next frame. */
struct frame framer_next(struct framer *f);

/*
 * Confirm that the FRAME_CIPHER just returned is an encrypted telegram and is
 * finished. Without this call the next frame may lie within it, but its bytes
 * are not reported again as noise.
 */
void framer_took(struct framer *f);

/*
 * Say that the input ended, or paused for longer than a meter does within a
 * telegram: nothing will be added to these bytes. Call framer_next afterwards.
 */
void framer_end(struct framer *f);

#endif
