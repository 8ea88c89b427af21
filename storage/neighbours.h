/*
 * The readings around an instant that the same meter gave and that were
 * accepted: what a reading of that instant is judged against.
 */
#ifndef STORAGE_NEIGHBOURS_H
#define STORAGE_NEIGHBOURS_H

#include "storage/db/stmt.h"
#include "storage/judge/rules.h"

struct neighbours {
	struct stmt row_before, row_after, value_before, value_after, cut;
};

int neighbours_open(struct neighbours *n, sqlite3 *db, struct err *e);
void neighbours_close(struct neighbours *n); /* also of a zeroed one */

/* Whose: the number in the database; `electric` its kind. */
struct object {
	int64_t meter;
	bool electric;
};

/* The last one at or before `ts`: 1, or 0 when there is none, or negative. */
int neighbour_before(struct neighbours *n, const struct object *o, int64_t ts,
		     struct judge_point *p, struct err *e);

/* The first one after `ts`. */
int neighbour_after(struct neighbours *n, const struct object *o, int64_t ts,
		    struct judge_point *p, struct err *e);

/*
 * Do the meter's counters begin anew between `from` and `to` (storage/install.h),
 * so that its readings of these times cannot be compared? 1, 0 or negative.
 */
int neighbours_apart(struct neighbours *n, const struct object *o, int64_t from,
		     int64_t to, struct err *e);

#endif
