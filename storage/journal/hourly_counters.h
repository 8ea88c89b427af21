/*
 * The tables counter_from and counter_to: the continuous counters at each
 * boundary of local time (hourly_compute.h), for the periods that start
 * there and for those that end there. They differ only in what is NULL: at the
 * start of a period a counter is known up to its last reading, at the end of
 * one only after its first reading.
 *
 * They are derived from the readings and the calendar, and written in the
 * transaction that changes these.
 */
#ifndef STORAGE_JOURNAL_HOURLY_COUNTERS_H
#define STORAGE_JOURNAL_HOURLY_COUNTERS_H

#include "storage/journal/hourly_row.h"
#include "storage/judge/meter_kind.h"

enum { HOURLY_METERS = 16 };

enum hourly_counters_statement {
	HOURLY_BEFORE, /* the readings around a change, of each kind */
	HOURLY_AFTER = HOURLY_BEFORE + KINDS,
	HOURLY_ANY_BEFORE = HOURLY_AFTER + KINDS,
	HOURLY_DROP, /* rows of counter_from, then of counter_to */
	HOURLY_ENDS = HOURLY_DROP + SIDES,
	HOURLY_VERSION,
	HOURLY_STATEMENTS
};

struct hourly_counters {
	sqlite3 *db;
	struct hourly_compute source;
	struct series_extent_source extent_source;
	struct stmt write[SIDES], list[SIDES];
	struct stmt s[HOURLY_STATEMENTS];
	struct series_extent extent; /* for the readings written last */
	int64_t read_version;
	struct hourly_counters_change {
		enum kind kind;
		int64_t meter; /* 0: the house's electricity */
		int64_t first, last;
	} changes[HOURLY_METERS];
	int n;
	bool all; /* more meters changed than fit, or everything did */
	/* What this transaction has written; after >= before: nothing. */
	struct boundary_range written;
};

/* Returns 0 or a negative code; close it in either case. */
int hourly_counters_open(struct hourly_counters *b, sqlite3 *db, struct err *e);
void hourly_counters_close(struct hourly_counters *b); /* safe if zeroed */

/*
 * Start a transaction: no reading has changed yet. Returns 0 or a negative
 * code.
 */
int hourly_counters_begin(struct hourly_counters *b, struct err *e);

/* Call this after the transaction was rolled back. */
void hourly_counters_forget(struct hourly_counters *b);

/*
 * Record that a reading at `ts` (UTC) was added, changed or removed. `meter` is
 * the meter's number in the database: for KIND_MBUS an M-Bus meter, for
 * KIND_OTHER an electricity meter that is or was added; it is 0 for
 * KIND_ELECTRICITY, the house's.
 */
void hourly_counters_touch(struct hourly_counters *b, enum kind k,
			   int64_t meter, int64_t ts);

/* Record that everything may have changed. */
void hourly_counters_touch_all(struct hourly_counters *b);

/*
 * Update the tables for the readings touched since hourly_counters_begin, after
 * the runs and the calendar. `shifted`: the first reading of the first run
 * whose offsets changed; INT64_MAX if none. Only rows that change are written;
 * b->written then says between which instants counters may have changed. Returns
 * 0 or a negative code.
 */
int hourly_counters_write(struct hourly_counters *b, int64_t shifted,
			  struct err *e);

/*
 * Do the first and the last boundary exist? A person may have emptied the
 * tables. Call it after hourly_counters_begin. Returns 0 or a negative code.
 */
int hourly_counters_exist(struct hourly_counters *b, bool *exist,
			  struct err *e);

/*
 * Write all boundaries, whatever the tables contain. Returns 0 or a negative
 * code.
 */
int hourly_counters_rebuild(struct hourly_counters *b, struct err *e);

#endif
