/*
 * The list of rows that wait, for the other files of pending. A row of counters
 * is the first reading of its interval; the others wait, too, until it is known
 * whether they must be rows (row_writer_select).
 */
#ifndef STORAGE_JOURNAL_PENDING_ROWS_H
#define STORAGE_JOURNAL_PENDING_ROWS_H

#include "storage/journal/pending.h"

/*
 * Add a row of a reading of the meter at place `meter`; without a peak. Returns
 * it, valid until the next one, or NULL if out of memory.
 */
struct pending_row *pending_add_row(struct pending *p, const struct reading *r,
				    int meter, unsigned tables);

/* Note that the newest counters of such a meter are a row. */
void pending_begin_interval(struct pending *p, bool other);

/*
 * Take a reading in the interval of the row at m->row_ts. Returns 0 or
 * ERR_FAILED.
 */
int pending_pass(struct pending *p, const struct pending_meters *m,
		 const struct reading *r, struct err *e);

/*
 * Make the last reading of the house's meter a row, if it is not one, and if
 * another meter, at place `meter`, sends after it. Set *row to it, or NULL.
 * Returns 0 or ERR_FAILED.
 */
int pending_end_meter(struct pending *p, int meter, int64_t ts,
		      struct pending_row **row, struct err *e);

/*
 * Can a list, with `each` elements per interval, not be written, and has it a
 * day's worth?
 */
bool pending_crowded(const struct pending *p, size_t count, size_t each);

/* Drop the oldest eighth of a list. */
void pending_drop_oldest(void *items, size_t *count, size_t size);

#endif
