/* The offsets of runs, derived from their first rows. */
#ifndef STORAGE_JOURNAL_RUN_OFFSETS_H
#define STORAGE_JOURNAL_RUN_OFFSETS_H

#include "storage/journal/run_rows.h"

/* The state after the first row of a run that stays unchanged. */
struct run_resume {
	int64_t ts; /* time of this row; INT64_MIN: start with the first run */
	struct counter_offsets offsets;
};

enum { RUN_OFFSETS_WHOLE = 2 };

/*
 * Find the last run that starts at or before `ts` and from which the offsets of
 * later runs can be derived. Returns 0 or a negative code.
 */
int run_offsets_resume(const struct run_line *l, int64_t ts,
		       struct run_resume *from, struct err *e);

/*
 * Set the offsets of runs whose first_ts is set; the first is that of *from, if
 * any. An M-Bus meter that comes back is treated like a new one: what it
 * counted elsewhere is not the house's. Returns 1; RUN_OFFSETS_WHOLE: a series
 * is shown for the first time, and the runs before *from change as well; or a
 * negative code.
 */
int run_offsets_derive(const struct run_line *l, const struct run_resume *from,
		       struct run_list *list, struct err *e);

#endif
