/* The offsets of runs, derived from their first rows. */
#ifndef STORAGE_JOURNAL_RUN_OFFSETS_H
#define STORAGE_JOURNAL_RUN_OFFSETS_H

#include "storage/journal/run_rows.h"

/* Behind the first row of a run that stays as it is. */
struct run_resume {
	int64_t ts; /* of this row; INT64_MIN: begin with the first run */
	struct continuity c;
};

enum { RUN_OFFSETS_WHOLE = 2 };

/*
 * Find the last run that begins at `ts` or before from which the offsets of those behind
 * it follow. 0 or negative.
 */
int run_offsets_resume(const struct run_line *l, int64_t ts,
		       struct run_resume *from, struct err *e);

/*
 * Fill in runs whose first_ts is there; the first is that of *from, if there is
 * one. An M-Bus meter that comes back goes on like another one: what it counted
 * elsewhere is not the house's. 1; RUN_OFFSETS_WHOLE: a series is shown first,
 * and the runs before *from change as well; or negative.
 */
int run_offsets_derive(const struct run_line *l, const struct run_resume *from,
		       struct run_list *list, struct err *e);

#endif
