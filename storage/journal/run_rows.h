/*
 * The rows of a line (storage/journal/runs_table.h), from which runs are made.
 */
#ifndef STORAGE_JOURNAL_RUN_ROWS_H
#define STORAGE_JOURNAL_RUN_ROWS_H

#include "storage/journal/runs_table.h"

/* The value of an M-Bus meter is register 0. */
struct run_row {
	int64_t meter, channel;
	struct judge_point point;
};

/*
 * Select rows for run_rows_next, from the row before `first` to the one after
 * `last`.
 */
void run_rows_seek(const struct run_line *l, int64_t first, int64_t last);

/* Returns 1, 0 at the end, or a negative code. */
int run_rows_next(const struct run_line *l, struct run_row *row, struct err *e);

/*
 * Does a row continue the run of the one before it in its line: the same meter
 * and registers, and no counter fell?
 */
bool run_rows_continue(enum kind k, const struct run_row *before,
		       const struct run_row *row);

/*
 * Between two rows of a meter, did another meter of the medium take its place?
 * Returns 0 or a negative code.
 */
int run_rows_replaced(const struct run_line *l, const struct run_row *before,
		      const struct run_row *row, bool *replaced, struct err *e);

#endif
