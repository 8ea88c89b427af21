/*
 * Runs of meters, and the offsets that make counter + offset continuous from
 * one to the next: the table installation, derived from the rows alone.
 *
 * Electricity is one line of rows, and so is each M-Bus meter. A run starts at
 * a row of its line where continuity may break: another meter, other registers
 * or another channel, a fall, or a meter's return after another one had its
 * place. The runs depend on which rows there are, not on the order in which
 * they were written; each change of rows changes the runs around it alone, and
 * the offsets behind these.
 */
#ifndef STORAGE_JOURNAL_RUNS_H
#define STORAGE_JOURNAL_RUNS_H

#include "storage/journal/runs_table.h"

enum { RUNS_MEDIA = 16 }; /* media whose changes are told apart */

/* From the first instant to the last where rows of a medium changed. */
struct runs_changed {
	char medium[MEDIUM_TEXT]; /* of M-Bus meters; "": electricity */
	int64_t first, last;	  /* UTC */
};

struct runs {
	struct runs_table table;
	struct runs_changed media[RUNS_MEDIA];
	int n;		 /* of media */
	bool only_looks; /* nothing is written */
	int64_t shifted; /* first of the runs that runs_write changed;
			    INT64_MAX: none */
	bool all;	 /* too many media changed to tell them apart */
};

/* Of a database with the schema of this version. 0 or a negative code. */
int runs_open(struct runs *r, sqlite3 *db, struct err *e);
void runs_close(struct runs *r); /* also of a zeroed one */

/* At the start of a transaction: no row has changed yet. */
void runs_begin(struct runs *r);

/*
 * A row was added, changed or removed at `ts` (UTC): one of electricity, or one
 * of an M-Bus meter of `medium`, as in the table meter; NULL for electricity.
 */
void runs_touch(struct runs *r, bool electric, const char *medium, int64_t ts);

/*
 * Bring the table installation up to date with the rows that were touched since
 * runs_begin. 1 when a run or an offset changed, 0 when none did, or negative.
 */
int runs_write(struct runs *r, struct err *e);

/* The same for all rows, whatever the table says; touched or not. */
int runs_derive_all(struct runs *r, struct err *e);

/* The same without writing: 1 when the table is not what the rows give. */
int runs_verify(struct runs *r, struct err *e);

#endif
