/*
 * What one commit writes: rows into their tables, the runs that they begin, and
 * what was touched.
 */
#ifndef STORAGE_ENTER_H
#define STORAGE_ENTER_H

#include "storage/changes.h"
#include "storage/install.h"
#include "storage/kept.h"
#include "storage/meters.h"
#include "storage/reduced.h"
#include "storage/rows.h"

/* What one transaction has done so far. */
struct progress {
	int added;
	bool late; /* a row went in before another of its meter */
	int64_t newest, newest_phases; /* in the tables */
	int64_t max_w[2]; /* of rows refused, for the next one; -1 */
	int64_t min_ts, max_ts;
	struct touched touched;
};

struct enter {
	sqlite3 *db;
	long interval;
	struct meters meters;
	struct rows rows;
	struct installations installations;
	struct reduced reduced;
	struct stmt newest_row, newest_phases, newest_value;
	struct progress p;
};

int enter_open(struct enter *en, sqlite3 *db, long interval, struct err *e);
void enter_close(struct enter *en); /* also of a zeroed one */

/* At the begin of a transaction: what is there, and nothing done. */
int enter_begin(struct enter *en, struct err *e);

/* Each counts what it added in en->p. 0, or a negative code. */
int enter_row(struct enter *en, struct kept_row *r, struct err *e);
int enter_value(struct enter *en, const struct kept_value *v, struct err *e);
int enter_note(struct enter *en, const struct note *n, struct err *e);

/* The run of an electricity row, or an M-Bus value, of a meter in the list. */
int enter_run_of_row(struct enter *en, const struct kept_row *r,
		     struct run *run, struct err *e);
int enter_run_of_value(struct enter *en, const struct kept_value *v,
		       struct run *run, struct err *e);

/* Readings of `m` at `ts` came or went: followers do them again. */
void enter_touch(struct enter *en, enum medium m, int64_t ts);

#endif
