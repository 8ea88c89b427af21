/*
 * What one transaction has done so far, and who is told of the readings added
 * or removed: followers, the runs of the meters and the boundaries.
 */
#ifndef STORAGE_JOURNAL_PROGRESS_H
#define STORAGE_JOURNAL_PROGRESS_H

#include "storage/journal/boundaries.h"
#include "storage/journal/changes.h"
#include "storage/journal/meters.h"
#include "storage/journal/runs.h"
#include "storage/judge/settle.h"

/* What one transaction has done so far. */
struct progress {
	int added;	 /* rows added or removed */
	int held[KINDS]; /* readings held, minus those accepted */
	/*
	 * Rows that moved because a window was judged: from held to accepted,
	 * and back
	 */
	int accepted, withdrawn;
	int64_t newest_phases; /* in the table */
	int64_t max_w[2];      /* of rows refused, for the next one; -1 */
	int64_t min_ts, max_ts;
	struct touched touched;
};

/* All borrowed. */
struct touch {
	struct progress *p;
	struct runs *runs;
	struct boundaries *boundaries;
};

/* Readings of `m` at `ts` (UTC) were added or removed, for followers. */
void touch_medium(const struct touch *t, enum medium m, int64_t ts);

/* A row of the house's electricity was added or removed. */
void touch_house(const struct touch *t, int64_t ts);

/*
 * The same for a row of an electricity meter that is added to the house's, by its
 * number in the database; does not count it.
 */
void touch_added(const struct touch *t, int64_t id, int64_t ts);

/*
 * The same for a row of the M-Bus meter `m`, whose number in the database is
 * `id`.
 */
void touch_meter(const struct touch *t, const struct meter *m, int64_t id,
		 int64_t ts);

#endif
