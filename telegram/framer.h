/*
 * Bytes in, frames out. The framer finds where a telegram begins and ends in
 * whatever pieces a serial port or a file hands over, and proves it by its CRC.
 * It does no I/O, asks no clock and knows no quantity.
 *
 * Every '/' may begin a telegram: headers contain slashes, noise runs into a
 * header without a line end, and a telegram that was cut short runs into the
 * next. The CRC behind the '!' decides which one it was. Without a CRC (DSMR
 * 2.2 and 3.0) a telegram ends at its '!', at the next header, or when the line
 * falls silent.
 *
 * Encrypted telegrams (telegram/decipher.h) end by their length. Bytes that look
 * like the begin of one may be noise, or stand in another: so who has the key
 * says whether it was one, and if not, its bytes are looked at like any others.
 */
#ifndef TELEGRAM_FRAMER_H
#define TELEGRAM_FRAMER_H

#include <stdbool.h>

#include "base/span.h"

enum { TELEGRAM_MAX = 65536 }; /* bytes; a longer one is refused */

/* Why bytes that looked like a telegram were refused; one word each. */
enum refusal {
	REFUSED_CRC,	  /* "crc": it does not match */
	REFUSED_NO_CRC,	  /* "no-crc": missing, in a version that has one */
	REFUSED_CUT,	  /* "cut": its begin or its end is missing */
	REFUSED_TOO_LONG, /* "too-long" */
	REFUSED_NO_TIME, /* "no-time": from a file, without a time of its own */
	REFUSED_SYNTAX,	 /* "syntax": whole, but no telegram */
	REFUSED_CIPHER,	 /* "cipher": no key, or the wrong one */
	REFUSAL_COUNT
};

extern const char *const refusal_words[REFUSAL_COUNT];

struct framer;

struct framer *framer_new(void);    /* NULL: out of memory */
void framer_free(struct framer *f); /* NULL is fine */

enum frame_kind {
	FRAME_NONE,    /* nothing complete yet: push more */
	FRAME_GOOD,    /* the CRC is there and right */
	FRAME_BARE,    /* whole, without a CRC: legal only for some versions */
	FRAME_REFUSED, /* dropped; `why` tells */
	FRAME_CIPHER,  /* perhaps an encrypted telegram: see framer_took */
};

struct frame {
	enum frame_kind kind;
	struct span bytes; /* from '/' or 0xDB; borrowed until the next call */
	enum refusal why;  /* FRAME_REFUSED */
	bool open;	   /* FRAME_BARE: ended without a '!' */
};

/*
 * Memory is constant, and so is the work for each byte: what lies before an end
 * line is decided by it and never looked at again. (For bytes that pretend to
 * be encrypted telegrams, time and again, the work is bounded.)
 *
 * Add up to n bytes; returns how many were taken, at least 1 unless n is 0 or
 * frames are waiting. Call framer_next until FRAME_NONE, then push the rest.
 */
size_t framer_push(struct framer *f, const void *bytes, size_t n);

/* The next frame of what was pushed. */
struct frame framer_next(struct framer *f);

/*
 * The FRAME_CIPHER that framer_next just gave is an encrypted telegram, and all
 * of it is done with. Without this call the next frame may lie within it; but
 * that its bytes make no telegram is then not told again.
 */
void framer_took(struct framer *f);

/*
 * The input ended, or was silent for longer than a meter ever pauses within a
 * telegram: what is there counts as all there is. Call framer_next afterwards.
 */
void framer_end(struct framer *f);

#endif
