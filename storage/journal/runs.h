/*
 * Runs of meters, and the offsets that make counter + offset continuous from
 * one to the next: the table installation, derived only from the rows.
 *
 * The house's electricity is one line of rows, and so is each meter that is
 * added to it ([meter] also) and each M-Bus meter. A run starts at a row of its
 * line where a counter may not simply continue: another meter, other registers
 * or another channel, a fall, or a meter's return after another one had its
 * place. The runs depend on which rows exist, not on the order in which they
 * were written; each change of rows changes only the runs around it and the
 * offsets after these.
 */
#ifndef STORAGE_JOURNAL_RUNS_H
#define STORAGE_JOURNAL_RUNS_H

#include "storage/journal/run_rows.h"

enum { RUNS_CHANGES = 16 }; /* changes that are noted separately */

/* The first and last instant at which rows changed. */
struct runs_changed {
	char medium[MEDIUM_TEXT]; /* for M-Bus meters; "": electricity */
	int64_t meter;		  /* an added one; 0 if none */
	int64_t first, last;	  /* UTC */
};

/* Takes the rows that runs_verify reads. Returns 0 or a negative code. */
struct runs_visitor {
	int (*row)(void *ctx, enum kind kind, const struct run_row *row,
		   struct err *e);
	void *ctx;
};

struct runs {
	struct runs_table table;
	struct runs_changed changes[RUNS_CHANGES];
	int n;
	const struct runs_visitor
		*visitor; /* for runs_verify; writes nothing */
	int64_t shifted;  /* start of the first run that runs_write changed;
			    INT64_MAX if none */
	bool all;	  /* too many changes to note separately */
	struct run_row newest; /* of the house's electricity */
	bool newest_known;
};

/*
 * The database must have the schema of this version. Returns 0 or a negative
 * code.
 */
int runs_open(struct runs *r, sqlite3 *db, struct err *e);
void runs_close(struct runs *r); /* safe if zeroed */

/* Start a transaction: no row has changed yet. */
void runs_begin(struct runs *r);

/*
 * Record that a row at `ts` (UTC) was added, changed or removed. For an M-Bus
 * meter, `medium` is as in the table meter and `meter` is 0; for the house's
 * electricity they are "" and 0; for an added meter, "" and its number in the
 * database.
 */
void runs_touch(struct runs *r, const char *medium, int64_t meter, int64_t ts);

/*
 * A row of the house's electricity that is newer than all others and continues
 * their run, as nearly every row does, changes no run and needs no runs_touch:
 * call runs_know_newest before such rows are added, and runs_continue for each
 * one that was. runs_know_newest returns 0 or a negative code.
 */
int runs_know_newest(struct runs *r, struct err *e);
bool runs_continue(struct runs *r, const struct run_row *row);

/*
 * Update the table installation for the rows touched since runs_begin. Returns
 * 1 if a run or an offset changed, 0 if not, or a negative code.
 */
int runs_write(struct runs *r, struct err *e);

/* The same for all rows, touched or not, whatever the table holds. */
int runs_derive_all(struct runs *r, struct err *e);

/*
 * Does the table differ from what the rows give? Only reads. The visitor (not
 * NULL) is called for each row once: line by line, in order of time, including
 * lines that are not counted. Returns 0 or a negative code.
 */
int runs_verify(struct runs *r, const struct runs_visitor *v, bool *differ,
		struct err *e);

#endif
