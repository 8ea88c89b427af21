/*
 * The continuous counters of a medium at any instant: the one place that
 * interpolates.
 *
 * 	counter at t = counter before + (after - before) * (t - ts before)
 * 	               / max(1, ts after - ts before)     in whole numbers
 * 	consumed     = counter at the end - counter at the start
 *
 * A counter is the meter's plus the offset of its run (table installation).
 * Before the first reading and after the last one it is constant. Every sum is
 * exact because the counter at the boundary is rounded, never the consumption.
 * A medium with several M-Bus meters is their sum, and so is electricity with
 * meters that are added to the house's ([meter] also).
 */
#ifndef STORAGE_HISTORY_INTERPOLATION_H
#define STORAGE_HISTORY_INTERPOLATION_H

#include "storage/db/stmt.h"
#include "storage/history/counter_point.h"

/* Queries of one electricity meter. */
struct interpolation_line {
	struct stmt row[2]; /* its reading at or before t; at or after t */
	struct stmt run;    /* the offsets of a reading */
};

struct interpolation {
	sqlite3 *db;
	struct interpolation_line house;
	struct interpolation_line added; /* a meter that is added to it */
	struct stmt value[2];		 /* the same for an M-Bus meter */
	struct stmt adds;		 /* the meters that are added */
	struct stmt meters;		 /* meters of a medium */
};

/* Statements are prepared when first needed; `db` must outlive *c. */
void interpolation_open(struct interpolation *c, sqlite3 *db);
void interpolation_close(struct interpolation *c); /* safe if zeroed */

/*
 * Find the counters of medium m at t (UTC), rounded down. Returns 1; 0 if the
 * medium has no series or no reading; or a negative code.
 */
int interpolation_at(struct interpolation *c, enum medium m, int64_t t,
		     struct counter_point *out, struct err *e);

/*
 * Find the consumption of medium m from `from` to `to` (UTC): bit s of *have
 * says that amount[s] is known. Returns the same as interpolation_at.
 */
int interpolation_between(struct interpolation *c, enum medium m, int64_t from,
			  int64_t to, uint32_t *have,
			  int64_t amount[SERIES_COUNT], struct err *e);

#endif
