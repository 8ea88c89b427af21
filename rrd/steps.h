/*
 * Cut the journal into steps of 300 seconds at UTC boundaries. The amount of a
 * step is the counter at its end minus the counter at its start, so the file
 * does not depend on who wrote the readings or when; a new meter causes no
 * spike, since the journal's counters are continuous.
 */
#ifndef RRD_STEPS_H
#define RRD_STEPS_H

#include "rrd/archives.h"
#include "rrd/columns.h"
#include "storage/history/history.h"

/*
 * A step from t - ARCHIVES_STEP to t. One unknown step stands for more than
 * forty days without a reading.
 */
struct step {
	int64_t t;		      /* end of the step, UTC */
	uint32_t have;		      /* bit s: amount[s] is known */
	int64_t amount[SERIES_COUNT]; /* counted in the step, series[s].unit */
	int64_t peak[PEAK_COUNT];     /* highest power seen, W; -1 if none */
};

/* The value of a data source in a step; -1: unknown. */
int64_t steps_value(const struct step *s, const struct column *c);

/* The last boundary at or before t. */
int64_t steps_boundary(int64_t t);

/* Plain data: restart at any time, nothing to free. */
struct steps {
	struct history *h;
	enum medium medium;
	int64_t last;		 /* the medium's last reading, UTC */
	struct counter_point at; /* counters at the last boundary */
	bool gap;		 /* that boundary lies in a gap */
	int64_t quiet; /* no reading lies between the boundary and this
			    time */
};

/*
 * Iterate over the steps of medium m that start at the boundary `from` or
 * later:
 *
 *   steps_begin(&f, h, m, from, e);
 *   while ((rc = steps_next(&f, &s, e)) > 0)
 *           ...
 *
 * steps_begin returns 1 and sets f->at, 0 if the medium has no reading, or a
 * negative code. steps_next returns 1 and a step, 0 if there is no reading at
 * or after the end of the next one yet, or a negative code.
 *
 * A step is unknown if its start or end lies between two readings further apart
 * than archives_gap and than three times the time between those before them:
 * meters read once an hour or once a day have no gaps for that reason. More
 * than forty days without a reading are always a gap.
 */
int steps_begin(struct steps *f, struct history *h, enum medium m, int64_t from,
		struct err *e);
int steps_next(struct steps *f, struct step *out, struct err *e);

#endif
