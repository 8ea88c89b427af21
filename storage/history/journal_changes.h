/*
 * How far a copy of the journal elsewhere has come, and what changed since: for
 * followers that cannot begin again without need, because the way is long.
 */
#ifndef STORAGE_HISTORY_JOURNAL_CHANGES_H
#define STORAGE_HISTORY_JOURNAL_CHANGES_H

#include <stdbool.h>

#include "storage/history/history.h"

enum { JOURNAL_ID = 65 }; /* buffer size, NUL included */

/* A state of a journal: that after the change with this number. */
struct journal_state {
	char journal[JOURNAL_ID]; /* its identity; "" if it has none yet */
	int64_t change;		  /* id of the change list; 0: no change yet */
	int64_t written;	  /* when it was written, UTC; 0 if none */
};

/* Find the present state. Returns 0 or a negative code. */
int journal_changes_now(struct history *h, struct journal_state *out,
			struct err *e);

/*
 * Is `was` an earlier or the present state of this journal? Not if it is another
 * journal; if an older copy was put in its place, which then went on
 * differently; or if the change list is too short to tell. Returns 0 or a
 * negative code.
 */
int journal_changes_known(struct history *h, const struct journal_state *was,
			  bool *known, struct err *e);

/*
 * Find between which instants counters have changed since the change `id`, both
 * included: INT64_MAX and INT64_MIN if nowhere. Without an end, *last is
 * STMT_LAST_TIME. Returns 0 or a negative code.
 */
int journal_changes_since(struct history *h, int64_t id, int64_t *first,
			  int64_t *last, struct err *e);

#endif
