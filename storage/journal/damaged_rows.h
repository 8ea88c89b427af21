/*
 * Rows that no meter sent, from a damaged file or one that a person changed. A
 * time is impossible if it is before meters had a P1 port or far in the future;
 * a number is impossible if no register can reach it. Such a row would remain
 * the newest reading, or the highest counter.
 */
#ifndef STORAGE_JOURNAL_DAMAGED_ROWS_H
#define STORAGE_JOURNAL_DAMAGED_ROWS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "storage/db/repair_report.h"

struct damaged_rows {
	bool whole;   /* check all rows; else the first and newest ones */
	int64_t now;  /* the machine's time, UTC */
	bool certain; /* the clock is synchronised */
	bool counters_possible; /* those of the table electricity are known to
				   be, and are left out */
};

/* Do such rows exist? Returns 0 or a negative code. */
int damaged_rows_exist(sqlite3 *db, const struct damaged_rows *o, bool *exist,
		       struct err *e);

/*
 * Move them all to the table damaged_row, which is created for them, and report
 * each table to `r`; within a transaction. Returns their number, or a negative
 * code.
 */
int damaged_rows_move(sqlite3 *db, const struct damaged_rows *o,
		      const struct repair_report *r, struct err *e);

/*
 * Check all rows, and report each impossible one to `r`, as "electricity:
 * {...}". Returns 0 or a negative code.
 */
int damaged_rows_list(sqlite3 *db, const struct damaged_rows *o,
		      const struct repair_report *r, struct err *e);

/*
 * Do the tables agree on which meter each row belongs to? Also makes the first
 * electricity meter start with the first row. Returns 0, or ERR_DAMAGED: they
 * cannot be recomputed.
 */
int damaged_rows_meters(sqlite3 *db, struct err *e);

#endif
