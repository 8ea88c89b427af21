/*
 * Where the rows of a meter can be. The table electricity is in order of time,
 * whichever meter a row is of: after a change of meters, a search for the old
 * one's rows would read all those of the new one. The runs in the table
 * installation say which stretches of time can be left out.
 */
#ifndef STORAGE_JUDGE_METER_STRETCHES_H
#define STORAGE_JUDGE_METER_STRETCHES_H

#include "storage/judge/judging_window.h"
#include "storage/judge/meter_kind.h"

enum { METER_STRETCHES_STATEMENTS = 3 };

/*
 * Times of the first and the last row that changed, both borrowed; first > last:
 * none did.
 */
struct meter_changes {
	const int64_t *first, *last;
};

struct meter_stretches {
	enum kind kind;
	struct stmt s[METER_STRETCHES_STATEMENTS];
	/*
	 * Of the rows that this transaction has written: no run covers them
	 * yet. NULL: it wrote none. Set by the owner.
	 */
	struct meter_changes changes;
};

struct stretch {
	int64_t from, to; /* UTC, both included */
};

/* Returns 0 or a negative code; close it in either case. */
int meter_stretches_open(struct meter_stretches *m, sqlite3 *db, enum kind k,
			 struct err *e);
void meter_stretches_close(struct meter_stretches *m); /* safe if zeroed */

/*
 * Take from *rest, searched in direction `way`, the next stretch that can have
 * rows of the meter; *rest gets what is left. Without runs, all of *rest is one.
 * Returns 1, 0 if there is none, or a negative code.
 */
int meter_stretches_next(struct meter_stretches *m, int64_t meter, enum way way,
			 struct stretch *rest, struct stretch *out,
			 struct err *e);

#endif
