/*
 * Write the parts of a commit: rows to their tables, held readings, the runs of
 * the meters, and what was touched.
 */
#ifndef STORAGE_JOURNAL_ROW_WRITER_H
#define STORAGE_JOURNAL_ROW_WRITER_H

#include "storage/journal/commit_progress.h"
#include "storage/journal/meters.h"
#include "storage/journal/other_meters.h"
#include "storage/journal/pending_commit.h"
#include "storage/journal/row_statements.h"
#include "storage/journal/thin.h"
#include "storage/judge/judge_rows.h"

struct row_writer {
	sqlite3 *db;
	struct intervals every;
	struct judge_limits limits;
	struct meters meters;
	struct row_statements rows;
	struct judge_rows settle;
	struct other_meters others;
	struct runs runs;
	struct hourly_counters hourly_counters;
	struct stmt newest_row, newest_phases;
	struct thin *thin; /* borrowed; NULL: no rows are thinned */
	struct commit_progress p;
	struct touch touch; /* refers to the three above */
};

int row_writer_open(struct row_writer *w, sqlite3 *db,
		    const struct intervals *every,
		    const struct judge_limits *limits, struct err *e);
void row_writer_close(struct row_writer *w); /* safe if zeroed */

/*
 * Start a transaction: read the current state and reset the progress. Returns 0
 * or a negative code.
 */
int row_writer_begin(struct row_writer *w, struct err *e);

/* Each adds the number of new rows to w->p. Returns 0 or a negative code. */
int row_writer_row(struct row_writer *w, struct pending_row *r, struct err *e);
int row_writer_value(struct row_writer *w, const struct pending_value *v,
		     struct err *e);
int row_writer_pair(struct row_writer *w, const struct pending_pair *p,
		    struct err *e);
int row_writer_event(struct row_writer *w, const struct event *n,
		     struct err *e);
int row_writer_fold(struct row_writer *w, const struct pending_fold *f,
		    struct err *e);

/*
 * Hold the candidates, in the order of pending_sort, and judge those of each
 * meter.
 */
int row_writer_candidates(struct row_writer *w, struct pending_candidate *list,
			  size_t n, struct err *e);

/*
 * For the meters in doubt, choose the readings that become rows; the others are
 * not stored, or get weight 0. Returns 0 or a negative code.
 */
int row_writer_select(struct row_writer *w, struct pending *p, struct err *e);

/*
 * Set *m to the meter at index `i`, for judging at UTC `now`. Returns 0 or a
 * negative code.
 */
int row_writer_meter(struct row_writer *w, int i, enum kind k, int64_t now,
		     struct judge_rows_meter *m, struct err *e);

/*
 * Judge the readings of the meter at index `i` from `first` to `last`, and
 * record what moved.
 */
int row_writer_settle(struct row_writer *w, int i,
		      const struct judge_rows_meter *m, int64_t first,
		      int64_t last, struct err *e);

/*
 * Record that a row of counters of the meter at index `i`, which is in the
 * database and judged as `k`, was added or removed.
 */
void row_writer_count(struct row_writer *w, int i, enum kind k, int64_t ts);

/*
 * Returns how the meter at index `i` is judged on a channel (0: electricity).
 */
enum kind row_writer_kind(const struct row_writer *w, int i, int channel);

#endif
