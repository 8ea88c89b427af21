/*
 * Rows that no meter sent: a damaged file has them, or one that a person changed.
 * A time is impossible before meters had a P1 port or far in the future, a number
 * where no register reaches. One such row would be the newest reading, or the
 * highest counter, for good.
 */
#ifndef STORAGE_JOURNAL_DAMAGED_ROWS_H
#define STORAGE_JOURNAL_DAMAGED_ROWS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "storage/db/repairs.h"

struct damaged_rows {
	bool whole;   /* look at all rows; else at the first and newest ones */
	int64_t now;  /* UTC of the machine */
	bool certain; /* NTP or the like keeps it */
};

/* 1 there are such rows, 0 there are none, or a negative code. */
int damaged_rows_look(sqlite3 *db, const struct damaged_rows *o, struct err *e);

/*
 * Move all of them into the table damaged_row, which is made for it, and tell
 * `r` of each table; within a transaction. How many, or a negative code.
 */
int damaged_rows_move(sqlite3 *db, const struct damaged_rows *o,
		      const struct repairs *r, struct err *e);

/* Tell `r` each such row of all, as "electricity: {...}". 0 or negative. */
int damaged_rows_list(sqlite3 *db, const struct damaged_rows *o,
		      const struct repairs *r, struct err *e);

/*
 * Do the tables that say which meter a row belongs to hold together? The first
 * electricity meter is made to begin with the first row. 0, or ERR_DAMAGED: they
 * cannot be made again from what is there.
 */
int damaged_rows_meters(sqlite3 *db, struct err *e);

#endif
