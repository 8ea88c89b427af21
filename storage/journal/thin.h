/*
 * Thin old readings, an hour at a time, between commits. The table meta records
 * the progress in the same transaction, so thinning resumes from there after a
 * power cut.
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
		int64_t ts; /* hours before this time are thinned */
	} at[KEEP_KINDS];
};

/*
 * Prepare nothing yet: each statement is prepared when first used. Returns 0 or
 * a negative code.
 */
int thin_open(struct thin *t, sqlite3 *db, const struct keep_rules *rules,
	      const struct judge_limits *limits, struct err *e);
void thin_close(struct thin *t); /* safe if zeroed */

/*
 * Returns 1 if an hour is due for thinning at `now` (UTC, the machine's clock),
 * 0 if none is, or a negative code. Either clock, the machine's or the meter's,
 * may be wrong: ages are counted from the newest reading, or from `now` if that
 * is earlier.
 */
int thin_is_due(struct thin *t, int64_t now, struct err *e);

/*
 * Thin up to `hours` hours in a transaction of its own, which does not wait for
 * the disk or for another writer, and give some free pages back to the file
 * system. Sets *removed to the number of rows removed. Returns 1 if more hours
 * are due, 0 if none are, or a negative code, and then nothing was removed.
 */
int thin_piece(struct thin *t, int64_t now, int hours, int64_t *removed,
	       struct err *e);

/*
 * Call this within a transaction that wrote a reading at `ts`, so that its hour
 * will be thinned again. Returns 0 or a negative code.
 */
int thin_touched(struct thin *t, int64_t ts, struct err *e);

/* Discard cached state after a transaction was rolled back. */
void thin_forget(struct thin *t);

/*
 * Set *until to the time up to which rows are thinned; INT64_MIN: none are.
 * Returns how far apart thinned rows may be, in seconds, 0 if rows are kept
 * forever, or a negative code.
 */
int64_t thin_interval(struct thin *t, int64_t *until, struct err *e);

#endif
