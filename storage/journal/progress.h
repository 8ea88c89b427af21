/*
 * What one transaction has done so far, and who is told of the readings that came
 * or went: followers, the runs of the meters and the boundaries.
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
	int added;		 /* rows that came, or went */
	int held[KINDS];	 /* readings held, less those accepted */
	int accepted, withdrawn; /* rows that moved because a window was judged:
				    from held to accepted, and back */
	int64_t newest_phases;	 /* in the table */
	int64_t max_w[2];	 /* of rows refused, for the next one; -1 */
	int64_t min_ts, max_ts;
	struct touched touched;
};

/* All borrowed. */
struct touch {
	struct progress *p;
	struct runs *runs;
	struct boundaries *boundaries;
};

/* Readings of `m` at `ts` (UTC) came or went: followers do them again. */
void touch_medium(const struct touch *t, enum medium m, int64_t ts);

/* A row of the house's electricity came or went. */
void touch_house(const struct touch *t, int64_t ts);

/* A row of the M-Bus meter `m`, whose number in the database is `id`. */
void touch_meter(const struct touch *t, const struct meter *m, int64_t id,
		 int64_t ts);

#endif
