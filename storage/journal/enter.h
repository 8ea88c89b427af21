/*
 * What one commit writes: rows into their tables, held readings, the runs of the
 * meters, and what was touched.
 */
#ifndef STORAGE_JOURNAL_ENTER_H
#define STORAGE_JOURNAL_ENTER_H

#include "storage/journal/boundaries.h"
#include "storage/journal/changes.h"
#include "storage/journal/kept.h"
#include "storage/journal/meters.h"
#include "storage/journal/rows.h"
#include "storage/journal/runs.h"
#include "storage/judge/settle.h"

/* What one transaction has done so far. */
struct progress {
	int added;		 /* rows that came, or went */
	int held[KINDS];	 /* readings held, less those accepted */
	int accepted, withdrawn; /* rows that moved because a window was judged:
				    from held to accepted, and back */
	int64_t newest_phases;	 /* in the table */
	int64_t max_w[2];	 /* of rows refused, for the next one; -1 */
	int64_t min_ts, max_ts;
	struct touched touched;
};

struct enter {
	sqlite3 *db;
	long interval;
	struct judge_limits limits;
	struct meters meters;
	struct rows rows;
	struct settle settle;
	struct runs runs;
	struct boundaries boundaries;
	struct stmt newest_row, newest_phases;
	struct progress p;
};

int enter_open(struct enter *en, sqlite3 *db, long interval,
	       const struct judge_limits *limits, struct err *e);
void enter_close(struct enter *en); /* also of a zeroed one */

/* At the start of a transaction: what is there, and nothing done. */
int enter_begin(struct enter *en, struct err *e);

/* Each counts what it added in en->p. 0, or a negative code. */
int enter_row(struct enter *en, struct kept_row *r, struct err *e);
int enter_value(struct enter *en, const struct kept_value *v, struct err *e);
int enter_note(struct enter *en, const struct note *n, struct err *e);
int enter_fold(struct enter *en, const struct kept_fold *f, struct err *e);

/* Hold the doubts, in the order of kept_sort, and judge each meter's. */
int enter_doubts(struct enter *en, struct kept_doubt *list, size_t n,
		 struct err *e);

/* The meter at place `i`, as it is judged, at UTC `now`. 0 or negative. */
int enter_meter(struct enter *en, int i, enum kind k, int64_t now,
		struct settle_meter *m, struct err *e);

/*
 * Judge the readings of the meter at place `i` from `first` to `last`, and note
 * what moved.
 */
int enter_settle(struct enter *en, int i, const struct settle_meter *m,
		 int64_t first, int64_t last, struct err *e);

/* A row of counters of the meter at place `i`, which is in the database, came or went. */
void enter_count(struct enter *en, int i, bool electric, int64_t ts);

/* Readings of `m` at `ts` came or went: followers do them again. */
void enter_touch(struct enter *en, enum medium m, int64_t ts);

#endif
