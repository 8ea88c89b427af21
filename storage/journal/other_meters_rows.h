/*
 * Readings of electricity meters that are not the house's, in the table
 * other_electricity. If another meter has the same second in the table
 * electricity, a reading stays here until it is known which of the two is not
 * the house's (other_meters.h), within the transaction.
 */
#ifndef STORAGE_JOURNAL_OTHER_METERS_ROWS_H
#define STORAGE_JOURNAL_OTHER_METERS_ROWS_H

#include "storage/db/stmt.h"
#include "storage/journal/pending_commit.h"

enum { OTHER_ROWS_STATEMENTS = 10 };

struct other_rows {
	struct stmt s[OTHER_ROWS_STATEMENTS];
};

/* Returns 0 or a negative code; close it in either case. */
int other_rows_open(struct other_rows *o, sqlite3 *db, struct err *e);
void other_rows_close(struct other_rows *o); /* safe if zeroed */

/*
 * Write the counters of a row, for the meter with this number. Returns 1, 0 if
 * the row exists, or a negative code.
 */
int other_rows_write(struct other_rows *o, const struct pending_row *r,
		     int64_t meter, struct err *e);

/*
 * Count more telegrams in the row of a meter at `ts`. Returns 0 or a negative
 * code.
 */
int other_rows_fold(struct other_rows *o, int64_t meter, int64_t ts,
		    int64_t weight, struct err *e);

/*
 * Does the table electricity have a row that another meter sent at `ts`, and do
 * both meters have an identifier? Returns 1, 0 or a negative code.
 */
int other_rows_taken(struct other_rows *o, int64_t meter, int64_t ts,
		     struct err *e);

/* UTC of the first and the last row that moved; first > last if none. */
struct other_range {
	int64_t first, last;
};

/*
 * Move the rows of a meter from `from` to `to` out of the table electricity,
 * and delete the rows of phases at their times. Returns 0 or a negative code.
 */
int other_rows_out(struct other_rows *o, int64_t meter, int64_t from,
		   int64_t to, struct other_range *moved, struct err *e);

/*
 * Move a meter's rows into the table electricity where no other meter has their
 * second. Returns 0 or a negative code.
 */
int other_rows_in(struct other_rows *o, int64_t meter,
		  struct other_range *moved, struct err *e);

#endif
