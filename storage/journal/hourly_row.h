/* Internal: a boundary as a row of counter_from or counter_to. */
#ifndef STORAGE_JOURNAL_HOURLY_ROW_H
#define STORAGE_JOURNAL_HOURLY_ROW_H

#include "storage/journal/hourly_compute.h"

enum side { SIDE_FROM, SIDE_TO, SIDES };

extern const char *const counter_tables[SIDES];

/* Prepare the statement that writes a row, replacing one with the same time. */
int hourly_row_open_write(struct stmt *s, sqlite3 *db, enum side side,
			  struct err *e);

/*
 * Prepare a list of the rows in a range, in order, for hourly_row_bind_range
 * and hourly_row_read.
 */
int hourly_row_open_list(struct stmt *s, sqlite3 *db, enum side side,
			 struct err *e);
void hourly_row_bind_range(struct stmt *s, const struct boundary_range *r);

/* Should the boundary have a row? */
bool hourly_row_is_wanted(const struct boundary *b, enum side side,
			  const struct series_extent *extent);

/* Returns the boundary without the counters that are unknown on this side. */
struct boundary hourly_row_of(const struct boundary *b, enum side side,
			      const struct series_extent *extent);

/* Returns 0 or a negative code. */
int hourly_row_write(struct stmt *s, const struct boundary *b, enum side side,
		     struct err *e);

/* Read the current row of a list. */
struct boundary hourly_row_read(struct stmt *s, enum side side);

/*
 * Returns the name of a column in which two rows differ, or NULL if they are
 * the same.
 */
const char *hourly_row_difference(const struct boundary *a,
				  const struct boundary *b, enum side side);

#endif
