/*
 * The journal for readers: a separate, read-only connection. Counters are
 * continuous across a new meter, a meter that comes back, and a roll-over.
 * Consumption of a period = counter at its end - counter at its start, so 5
 * minutes, hours, days, months and years add up exactly.
 */
#ifndef STORAGE_HISTORY_HISTORY_H
#define STORAGE_HISTORY_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "storage/history/consumption.h"
#include "storage/history/counter_point.h"

struct history;

/*
 * Open the database at `path` for reading. Returns NULL and sets *e: ERR_ABSENT
 * if it is missing, ERR_CONFIG for another schema than this program's, else
 * SQLite's error. Everything between history_hold and history_release sees one
 * state of the journal; hold briefly, because a writer's file grows meanwhile.
 */
struct history *history_open(const char *path, struct err *e);
void history_close(struct history *h); /* NULL is fine */
int history_hold(struct history *h, struct err *e);
void history_release(struct history *h);

/* The zone of the local days in this database; lives as long as h. */
const char *history_timezone(const struct history *h);

/*
 * Find the first and last reading of a medium, UTC: what lies between them is
 * final. With several meters, the last one is the earliest of their last
 * readings, leaving out meters that were replaced or have been silent for a
 * day. Returns 1, 0 if the medium has none, or a negative code.
 */
int history_extent(struct history *h, enum medium m, int64_t *first,
		   int64_t *last, struct err *e);

/*
 * Find the first reading of a medium after t; *next is in 2100 if there is
 * none. Returns 0 or a negative code.
 */
int history_after(struct history *h, enum medium m, int64_t t, int64_t *next,
		  struct err *e);

/*
 * Find the counters of medium m at t, interpolated between the readings around
 * it and rounded down; before the first and after the last reading they are
 * those of that reading. Returns 1, 0 if the medium has no reading, or a
 * negative code.
 */
int history_at(struct history *h, enum medium m, int64_t t,
	       struct counter_point *out, struct err *e);

/*
 * Find the highest power in either direction among readings in (from, to], in
 * W, or -1 if none was seen. Returns 0 or a negative code.
 */
int history_peak(struct history *h, int64_t from, int64_t to, int64_t *import_w,
		 int64_t *export_w, struct err *e);

/*
 * Find the peaks of the first reading at or after t, in W, or -1 if it has
 * none. Its period reaches back to the reading before it. Returns 0 or a
 * negative code.
 */
int history_peak_after(struct history *h, int64_t t, int64_t *import_w,
		       int64_t *export_w, struct err *e);

/*
 * Walk the periods that start in [from, to), oldest first:
 *
 *	history_begin(h, PERIOD_DAY, from, to, e);
 *	while ((rc = history_next(h, &u, e)) > 0)
 *		...
 *
 * history_next returns 1, 0 at the end, or a negative code. One walk at a time.
 */
int history_begin(struct history *h, enum period p, int64_t from, int64_t to,
		  struct err *e);
int history_next(struct history *h, struct consumption *out, struct err *e);

/*
 * Changes that the writer's commits made to one medium, for a follower to
 * process.
 */
struct change {
	int64_t id;		/* the last commit that touched the medium */
	int64_t min_ts, max_ts; /* UTC of its rows written, both included */
};

/*
 * Combine all changes to the readings of medium m after `id` into one: the
 * widest range. Media are separate, since a gas reading is usually older than
 * the power that came with it. Returns 1, 0 if there are none, or a negative
 * code; out->id is the medium's last change even if the result is 0. A follower
 * starts with id 0, and processes everything again if its `id` is higher than
 * out->id (a restored database).
 */
int history_changes(struct history *h, enum medium m, int64_t id,
		    struct change *out, struct err *e);

#endif
