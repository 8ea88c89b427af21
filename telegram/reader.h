/*
 * Bytes in, readings out: framer, keys, rule of the missing CRC, parser.
 *
 *	reader_push(rd, bytes, n);
 *	while ((rc = reader_next(rd, &reading, &why)) != READER_WAITS)
 *		...
 */
#ifndef TELEGRAM_READER_H
#define TELEGRAM_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "telegram/decipher.h"
#include "telegram/framer.h"
#include "telegram/reading.h"

struct reader;

/* What came of the bytes so far. */
struct reader_tally {
	int64_t accepted;
	int64_t refused[REFUSAL_COUNT];
};

struct reader *reader_new(void);     /* NULL: out of memory */
void reader_free(struct reader *rd); /* NULL is fine */

/* What a user may say of a meter; all of it may be left out. */
struct reader_options {
	/*
	 * For encrypted telegrams; NULL: they are refused as REFUSED_CIPHER.
	 * With an authentication key the tag must be right, and in any case
	 * the CRC of the telegram in it.
	 */
	const struct cipher_keys *keys;
	/* Offset of the meter's winter time from UTC, seconds; else what the
	 * telegram tells (telegram/country.h). */
	bool base_known;
	int base;
};

/* From the next telegram on; copied, the keys too. */
void reader_set(struct reader *rd, const struct reader_options *o);

/* As framer_push: returns how many bytes were taken. */
size_t reader_push(struct reader *rd, const void *bytes, size_t n);

enum reader_answer {
	READER_WAITS,	/* nothing complete: push more */
	READER_READING, /* *r holds one; its spans live until the next call */
	READER_REFUSED, /* one was refused; *why tells */
};

/* A telegram without CRC is refused once the stream has shown one. */
enum reader_answer reader_next(struct reader *rd, struct reading *r,
			       enum refusal *why);

/* The input ended or fell silent; see framer_end. */
void reader_end(struct reader *rd);

/* Since reader_new; borrowed, and goes on counting. */
const struct reader_tally *reader_tally(const struct reader *rd);

#endif
