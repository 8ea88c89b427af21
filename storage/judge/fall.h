/*
 * A counter that fell for good: each new reading is below the accepted ones and
 * cannot follow them. Such readings are held without a search while all that is
 * held weighs no more than the accepted readings that they would replace; so
 * they cost the same after a month as after a day.
 */
#ifndef STORAGE_JUDGE_FALL_H
#define STORAGE_JUDGE_FALL_H

#include "storage/judge/settle.h"

/* Accepted readings of a meter, back from the newest, that cannot precede. */
struct fall {
	struct judge_point newest; /* have 0: nothing is known */
	struct judge_point oldest;
	int64_t before_ts; /* of the accepted reading before; INT64_MIN: none */
	int64_t weight;	   /* of the readings from oldest to newest */
};

/*
 * Are readings that are all newer than `newest`, the newest accepted one, held
 * whatever else is held? `highest` has the highest value of each register that
 * they show, and only registers that all of them show. *f is remembered from call
 * to call, zeroed at first. 1: hold them without a search; 0 or negative.
 */
int fall_is_outweighed(struct fall *f, struct settle *s,
		       const struct settle_meter *m,
		       const struct judge_point *newest,
		       const struct judge_point *highest, struct err *e);

#endif
