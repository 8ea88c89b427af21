/*
 * What one transaction has done so far, and the parts that are notified of
 * readings added or removed: followers, the runs of the meters and the
 * boundaries.
 */
#ifndef STORAGE_JOURNAL_COMMIT_PROGRESS_H
#define STORAGE_JOURNAL_COMMIT_PROGRESS_H

#include "storage/journal/change_list.h"
#include "storage/journal/hourly_counters.h"
#include "storage/journal/meters.h"
#include "storage/journal/runs.h"
#include "storage/judge/judge_rows.h"

/* What one transaction has done so far. */
struct commit_progress {
	int added;	 /* rows added or removed */
	int held[KINDS]; /* readings held, minus those accepted */
	/*
	 * Rows that moved because a window was judged: from held to accepted,
	 * and back
	 */
	int accepted, withdrawn;
	int64_t newest_phases; /* the newest row of the table phases */
	int64_t max_w[2]; /* from rows refused, for the next one; -1 if none */
	int64_t min_ts, max_ts;
	struct touched touched;
};

/* The parts that are notified of a change; all borrowed. */
struct touch {
	struct commit_progress *p;
	struct runs *runs;
	struct hourly_counters *hourly_counters;
};

/* Notify followers that readings of `m` at `ts` (UTC) were added or removed. */
void touch_medium(const struct touch *t, enum medium m, int64_t ts);

/*
 * Notify all parts that a row of the house's electricity was added or removed.
 */
void touch_house(const struct touch *t, int64_t ts);

/* The same for one that continues the run of the newest row (runs_continue). */
void touch_house_run(const struct touch *t, int64_t ts);

/*
 * The same for a row of an electricity meter that is added to the house's; `id`
 * is its number in the database. Does not count it in p->added.
 */
void touch_added(const struct touch *t, int64_t id, int64_t ts);

/*
 * The same for a row of the M-Bus meter `m`, whose number in the database is
 * `id`.
 */
void touch_meter(const struct touch *t, const struct meter_key *m, int64_t id,
		 int64_t ts);

#endif
