/*
 * Thin old readings, an hour at a time, beside the logging. How far it has got
 * is in the table meta, written in the same transaction: after a power cut it
 * continues from there.
 */
#ifndef STORAGE_JOURNAL_THIN_H
#define STORAGE_JOURNAL_THIN_H

#include "storage/journal/thin_rows.h"

struct thin {
	sqlite3 *db;
	struct keep_rules rules;
	struct thin_rows rows;
	struct stmt next[KEEP_KINDS], newest, load, save, lower;
	struct thin_cursor {
		bool known;
		int64_t ts; /* hours before it are thinned */
	} at[KEEP_KINDS];
};

/* Statements are prepared when first used. Returns 0 or a negative code. */
int thin_open(struct thin *t, sqlite3 *db, const struct keep_rules *rules,
	      const struct judge_limits *limits, struct err *e);
void thin_close(struct thin *t); /* safe if zeroed */

/*
 * Find whether an hour waits that is older than its rule says, at `now` (UTC of
 * the machine). A machine's clock may be wrong, and so may a reading's: what
 * counts is the newest reading, or `now` if that is earlier. Returns 1, 0 or a
 * negative code.
 */
int thin_is_due(struct thin *t, int64_t now, struct err *e);

/*
 * Thin up to `hours` hours in a transaction of its own, which does not wait for
 * the disk or for another writer, and give some free pages back to the file
 * system. *removed gets the number of rows. Returns 1 if more waits, 0 if
 * nothing does, or a negative code: nothing was removed.
 */
int thin_piece(struct thin *t, int64_t now, int hours, int64_t *removed,
	       struct err *e);

/*
 * Within a transaction that wrote a reading at `ts`, so that it is thinned in
 * its turn. Returns 0 or a negative code.
 */
int thin_touched(struct thin *t, int64_t ts, struct err *e);

/* Forget what was read, after a transaction was rolled back. */
void thin_forget(struct thin *t);

/*
 * Find until when rows are thinned; INT64_MIN: none are. Returns the interval
 * in seconds, 0 if no rule says that they are, or a negative code.
 */
int64_t thin_interval(struct thin *t, int64_t *until, struct err *e);

#endif
