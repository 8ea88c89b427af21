/*
 * Decide which readings of an interval become rows. Usually only the first one
 * becomes a row, whose weight counts the others. Where readings contradict each
 * other, each set that contradicts the same readings becomes two rows, its
 * first and its last, and the weight of the last counts those in between. So
 * each reading counts towards the set that it belongs to. Pure.
 */
#ifndef STORAGE_JUDGE_INTERVAL_ROWS_H
#define STORAGE_JUDGE_INTERVAL_ROWS_H

#include "storage/judge/chain_head.h"
#include "storage/judge/heaviest_chain.h"

/* How a new reading is known (duplicate_readings.h). */
enum known { KNOWN_NOT, KNOWN_SAME, KNOWN_BY_ROW };

struct interval_reading {
	struct chain_reading reading; /* .held is not 0: not accepted so far */
	void *of;		      /* for the caller */
	bool is_new;		      /* it waits to be judged */
	bool may_go;		      /* another one may count it */
	bool may_count;		      /* it may count others */
	enum known known;
	int64_t row_ts; /* KNOWN_BY_ROW: time of the row */
	bool contends;	/* used while selecting */
	bool gone;	/* the result: another one counts it */
};

/*
 * Find out which readings of one meter, in the order of chain_compare, need no
 * row, and set .gone, which was false, and the weight of the others.
 */
void interval_rows_select(const struct judge_rates *r, long interval,
			  struct interval_reading *list, size_t n);

#endif
