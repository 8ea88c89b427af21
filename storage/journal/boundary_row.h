/* Within the room: a boundary as a row of counter_from or counter_to. */
#ifndef STORAGE_JOURNAL_BOUNDARY_ROW_H
#define STORAGE_JOURNAL_BOUNDARY_ROW_H

#include "storage/journal/boundary.h"

enum side { SIDE_FROM, SIDE_TO, SIDES };

extern const char *const boundary_tables[SIDES];

/* Prepare the statement that writes a row, or leaves it alone when it is there. */
int boundary_row_open_write(struct stmt *s, sqlite3 *db, enum side side,
			    struct err *e);

/* Prepare one that lists the rows in a range, in order, for _bind and _read. */
int boundary_row_open_list(struct stmt *s, sqlite3 *db, enum side side,
			   struct err *e);
void boundary_row_bind_range(struct stmt *s, const struct boundary_range *r);

/* Is there a row for the boundary? */
bool boundary_row_is_wanted(const struct boundary *b, enum side side,
			    const struct shown *shown);

/* What is not known on this side is taken out of a boundary. */
struct boundary boundary_row_of(const struct boundary *b, enum side side,
				const struct shown *shown);

/* 0 or a negative code. */
int boundary_row_write(struct stmt *s, const struct boundary *b, enum side side,
		       struct err *e);

/* The row of a list that is there. */
struct boundary boundary_row_read(struct stmt *s, enum side side);

/* The name of a column in which two rows differ; NULL: they are the same. */
const char *boundary_row_difference(const struct boundary *a,
				    const struct boundary *b, enum side side);

#endif
