/*
 * Bytes in, readings out: framer, keys, missing-CRC rule, parser.
 *
 *   reader_push(rd, bytes, n);
 *   while ((rc = reader_next(rd, &reading, &why)) != NEXT_WAITS)
 *           ...
 */
#ifndef TELEGRAM_READER_H
#define TELEGRAM_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "telegram/decipher.h"
#include "telegram/framer.h"
#include "telegram/next_result.h"
#include "telegram/reading.h"

struct reader;

/* Counts since reader_new. */
struct reader_tally {
	int64_t accepted;
	int64_t refused[REFUSAL_COUNT];
};

struct reader *reader_new(void);     /* NULL if out of memory */
void reader_free(struct reader *rd); /* NULL is fine */

/* What the user may configure about a meter; all optional. */
struct reader_options {
	/*
	 * For encrypted telegrams; NULL: refuse them as REFUSED_CIPHER. The
	 * telegram's CRC must be correct, and with an authentication key the
	 * tag too.
	 */
	const struct cipher_keys *keys;
	/*
	 * Offset of the meter's winter time from UTC in seconds; else detected
	 * from the telegram (telegram/country_utc_offset.h).
	 */
	bool base_known;
	int base;
};

/* Takes effect with the next telegram; *o is copied, including the keys. */
void reader_set(struct reader *rd, const struct reader_options *o);

/* See framer_push: returns the number of bytes taken. */
size_t reader_push(struct reader *rd, const void *bytes, size_t n);

/*
 * Returns NEXT_WAITS: push more; NEXT_READING: *r is valid, its spans until the
 * next call; or NEXT_REFUSED: see *why. Once a telegram of the stream has had a
 * CRC, those without one are refused.
 */
enum next reader_next(struct reader *rd, struct reading *r, enum refusal *why);

/* The input ended or fell silent; see framer_end. */
void reader_end(struct reader *rd);

/* Counts since reader_new; borrowed, and updated later. */
const struct reader_tally *reader_tally(const struct reader *rd);

#endif
