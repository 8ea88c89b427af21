/*
 * The tables counter_from and counter_to: the continuous counters at each
 * boundary of local time (boundary_counters.h), for the periods that start
 * there and for those that end there. They differ only in what is NULL: at the
 * start of a period a counter is known up to its last reading, at the end of
 * one only after its first reading.
 *
 * They are derived from the readings and the calendar, and written in the
 * transaction that changes these.
 */
#ifndef STORAGE_JOURNAL_BOUNDARIES_H
#define STORAGE_JOURNAL_BOUNDARIES_H

#include "storage/journal/counter_row.h"
#include "storage/judge/meter_kind.h"

enum { BOUNDARIES_METERS = 16 };

enum boundaries_statement {
	BOUNDARIES_BEFORE, /* the readings around a change, of each kind */
	BOUNDARIES_AFTER = BOUNDARIES_BEFORE + KINDS,
	BOUNDARIES_ANY_BEFORE = BOUNDARIES_AFTER + KINDS,
	BOUNDARIES_DROP, /* rows of counter_from, then of counter_to */
	BOUNDARIES_ENDS = BOUNDARIES_DROP + SIDES,
	BOUNDARIES_VERSION,
	BOUNDARIES_STATEMENTS
};

struct boundaries {
	sqlite3 *db;
	struct boundary_source source;
	struct series_extent_source extent_source;
	struct stmt write[SIDES], list[SIDES];
	struct stmt s[BOUNDARIES_STATEMENTS];
	struct series_extent extent; /* for the readings written last */
	int64_t read_version;
	struct boundaries_change {
		enum kind kind;
		int64_t meter; /* 0: the house's electricity */
		int64_t first, last;
	} changes[BOUNDARIES_METERS];
	int n;
	bool all; /* more meters changed than fit */
};

/* Returns 0 or a negative code; close it in either case. */
int boundaries_open(struct boundaries *b, sqlite3 *db, struct err *e);
void boundaries_close(struct boundaries *b); /* safe if zeroed */

/*
 * Start a transaction: no reading has changed yet. Returns 0 or a negative
 * code.
 */
int boundaries_begin(struct boundaries *b, struct err *e);

/* Call this after the transaction was rolled back. */
void boundaries_forget(struct boundaries *b);

/*
 * Note that a reading at `ts` (UTC) was added, changed or removed. `meter` is
 * the meter's number in the database: for KIND_MBUS an M-Bus meter, for
 * KIND_OTHER an electricity meter that is or was added; it is 0 for
 * KIND_ELECTRICITY, the house's.
 */
void boundaries_touch(struct boundaries *b, enum kind k, int64_t meter,
		      int64_t ts);

/*
 * Update the tables for the readings touched since boundaries_begin, after the
 * runs and the calendar. `shifted`: the first reading of the first run whose
 * offsets changed; INT64_MAX: none. Only rows that change are written. Returns
 * 0 or a negative code.
 */
int boundaries_write(struct boundaries *b, int64_t shifted, struct err *e);

/*
 * Do the first and the last boundary exist? A person may have emptied the
 * tables. Call it after boundaries_begin. Returns 0 or a negative code.
 */
int boundaries_exist(struct boundaries *b, bool *exist, struct err *e);

/*
 * Write all boundaries, whatever the tables hold. Returns 0 or a negative code.
 */
int boundaries_rebuild(struct boundaries *b, struct err *e);

#endif
