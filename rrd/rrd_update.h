/*
 * What the journal says, cut into steps of 300 seconds at UTC boundaries. The
 * amount of a step is the counter at its end minus the counter at its start, so
 * the same file comes out whoever wrote the readings, and whenever; a new meter
 * makes no spike, since the journal's counters are continuous.
 */
#ifndef RRD_RRD_UPDATE_H
#define RRD_RRD_UPDATE_H

#include "rrd/layout.h"
#include "storage/history/history.h"

/* One step, from t - LAYOUT_STEP to t; of more than forty days without a reading
   one unknown step stands for all. */
struct step {
	int64_t t;		      /* UTC, its end */
	uint32_t have;		      /* bit s: amount[s] is known */
	int64_t amount[SERIES_COUNT]; /* counted in the step, series[s].unit */
	int64_t peak[PEAK_COUNT];     /* highest power seen, W; -1: none */
};

/* The value of one data source in a step; -1: unknown. */
int64_t rrd_update_value(const struct step *s, const struct column *c);

/* The last boundary at or before t. */
int64_t rrd_update_boundary(int64_t t);

/* Plain data; begin again at will, nothing to free. */
struct rrd_update {
	struct history *h;
	enum medium medium;
	int64_t last;	 /* UTC of the medium's last reading */
	struct point at; /* the counters at the boundary fed last */
	bool gap;	 /* that boundary lies in a gap */
	int64_t quiet;	 /* no reading lies between it and this time */
};

/*
 * Walk the steps of medium m that begin at the boundary `from` or later:
 *
 *	rrd_update_begin(&f, h, m, from, e);
 *	while ((rc = rrd_update_next(&f, &s, e)) > 0)
 *		...
 *
 * Begin: 1, or 0 when the medium has no reading, or a negative code; f->at is
 * then known. Next: 1 a step, 0 when the next one has no reading at or behind
 * its end yet, or a negative code.
 *
 * A step is unknown when its start or its end lies between two readings further
 * apart than layout_gap and than three times the distance of those before
 * them: meters that are read once an hour or once a day have no gaps for it.
 * More than forty days are a gap in any case.
 */
int rrd_update_begin(struct rrd_update *f, struct history *h, enum medium m,
		     int64_t from, struct err *e);
int rrd_update_next(struct rrd_update *f, struct step *out, struct err *e);

#endif
