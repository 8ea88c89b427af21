/*
 * Judge the readings of a meter around those that are new or in doubt, and move
 * rows between the tables of accepted and held readings accordingly.
 */
#ifndef STORAGE_JUDGE_SETTLE_H
#define STORAGE_JUDGE_SETTLE_H

#include "storage/judge/held.h"
#include "storage/judge/readings.h"

enum kind { KIND_MBUS, KIND_ELECTRICITY, KINDS };

struct settle {
	struct readings readings[KINDS];
	struct held held[KINDS];
	struct window window;
};

/* A meter in the database, and what is needed to judge it. */
struct settle_meter {
	int64_t id;
	enum kind kind;
	struct judge_rates rates;
	int64_t now; /* UTC of the machine */
};

/* What became of a meter's readings. */
struct settled {
	int accepted, withdrawn; /* rows that moved */
	int64_t min_ts, max_ts;	 /* of these; min > max: none */
};

static inline struct settled settled_nothing(void)
{
	return (struct settled){ .min_ts = INT64_MAX, .max_ts = INT64_MIN };
}

int settle_open(struct settle *s, sqlite3 *db, struct err *e);
void settle_close(struct settle *s); /* also of a zeroed one */

/*
 * Judge the readings from `first` to `last` (window.h) within a transaction, and
 * add what moved to *out. Each reading that stays held gets its reason. 0 or
 * negative.
 */
int settle_range(struct settle *s, const struct settle_meter *m, int64_t first,
		 int64_t last, struct settled *out, struct err *e);

/*
 * Have readings fallen for good: below the accepted ones of a whole window? Those
 * are held without a search, which could not change that, unless a person said that
 * they are true. They are all newer than
 * `newest`, the newest accepted reading, and `first` is the time of the first;
 * `highest` has the highest value of each register that all of them show. 1, 0 or
 * negative.
 */
int settle_fell(struct settle *s, const struct settle_meter *m,
		const struct judge_point *newest, int64_t first,
		const struct judge_point *highest, struct err *e);

/*
 * Find the accepted reading of a meter nearest to `ts` in direction `way`, but
 * not at it. 1, 0 when there is none, or negative.
 */
int settle_beside(struct settle *s, const struct settle_meter *m, int64_t ts,
		  enum way way, struct judge_point *p, struct err *e);

/*
 * Say why reading `p` is not accepted between the accepted readings before and
 * after it, either of which may be NULL.
 */
struct held_reason settle_reason(const struct judge_rates *r,
				 const struct judge_point *before,
				 const struct judge_point *p,
				 const struct judge_point *after);

#endif
