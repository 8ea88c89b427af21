/*
 * What the journal knows, for those who read: a second, read-only connection.
 * Counters are continuous: over a new meter, one that comes back, a roll-over.
 * Consumption of a period = counter at its end - counter at its start, so 5
 * minutes, hours, days, months and years add up exactly.
 */
#ifndef STORAGE_HISTORY_HISTORY_H
#define STORAGE_HISTORY_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "storage/history/point.h"
#include "storage/history/usage.h"

struct history;

/*
 * Open the database at `path` for reading; NULL and *e: ERR_ABSENT when it
 * is missing, ERR_CONFIG for another schema than this program's, else as sqlite
 * says. Everything between history_hold and history_release sees one state of
 * the journal; hold briefly, a writer's file grows meanwhile.
 */
struct history *history_open(const char *path, struct err *e);
void history_close(struct history *h); /* NULL is fine */
int history_hold(struct history *h, struct err *e);
void history_release(struct history *h);

/* The zone of the local days in this database; lives as long as h. */
const char *history_timezone(const struct history *h);

/*
 * First and last reading of a medium, UTC: what lies between is settled. With
 * several meters the last one is the earliest of theirs, a meter left out that
 * was replaced or fell silent a day ago. 1, or 0 when the medium has none, or a
 * negative code.
 */
int history_extent(struct history *h, enum medium m, int64_t *first,
		   int64_t *last, struct err *e);

/* The first reading of a medium after t; 2100 when there is none. 0 or negative. */
int history_after(struct history *h, enum medium m, int64_t t, int64_t *next,
		  struct err *e);

/*
 * The counters of medium m at t, interpolated between the readings around it
 * and rounded down; t outside the first and last reading counts as these. 1,
 * or 0 when the medium has no reading, or a negative code.
 */
int history_at(struct history *h, enum medium m, int64_t t, struct point *out,
	       struct err *e);

/*
 * The highest power in either direction among readings in (from, to], in W;
 * -1 where none was seen. 0 or a negative code.
 */
int history_peak(struct history *h, int64_t from, int64_t to, int64_t *import_w,
		 int64_t *export_w, struct err *e);

/*
 * The peaks of the first reading at or after t, in W; -1 where it has none. Its
 * period reaches back to the reading before it. 0 or a negative code.
 */
int history_peak_after(struct history *h, int64_t t, int64_t *import_w,
		       int64_t *export_w, struct err *e);

/*
 * Walk the periods that begin in [from, to), oldest first:
 *
 *	history_begin(h, PERIOD_DAY, from, to, e);
 *	while ((rc = history_next(h, &u, e)) > 0)
 *		...
 *
 * Next: 1 a period, 0 no more, negative an error. One walk at a time.
 */
int history_begin(struct history *h, enum period p, int64_t from, int64_t to,
		  struct err *e);
int history_next(struct history *h, struct usage *out, struct err *e);

/* What commits of the writer did to one medium: a follower does it again. */
struct change {
	int64_t id;		/* of the last commit that touched the medium */
	int64_t min_ts, max_ts; /* UTC of its rows written, both included */
};

/*
 * All changes to the readings of medium m after `id` as one: the widest range.
 * Media apart, since a gas reading is usually older than the power that came
 * with it. 1, or 0 when there are none, or a negative code; out->id is the
 * medium's last change also with 0. A follower begins with id 0, and does
 * everything again when `id` is higher than out->id (a restored database).
 */
int history_changes(struct history *h, enum medium m, int64_t id,
		    struct change *out, struct err *e);

#endif
