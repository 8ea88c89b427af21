/*
 * The newest accepted readings of a meter: those that the next one is compared
 * with. A reading after all others that can follow them is accepted without a
 * search (heaviest_chain.h); usually that is every reading.
 *
 * Pure.
 */
#ifndef STORAGE_JUDGE_CHAIN_HEAD_H
#define STORAGE_JUDGE_CHAIN_HEAD_H

#include "storage/judge/can_follow.h"

enum { HEAD_FORMS = 4 }; /* sets of registers that a meter shows alternately */

struct chain_head {
	int64_t last_ts; /* the newest reading, accepted or held, or the end of
			    a rejected range; INT64_MIN if none */
	int n;		 /* 0: no reading was accepted */
	struct judge_point form[HEAD_FORMS]; /* newest of each set of
						registers, newest first */
	struct judge_point row;		     /* newest that became a row */
};

/*
 * Are two times in the same interval (in seconds)? The first reading of an
 * interval becomes a row.
 */
static inline bool chain_head_same_interval(int64_t a, int64_t b,
					    int64_t interval)
{
	return a / interval == b / interval;
}

/* Returns the head of an unknown meter, which has no readings. */
static inline struct chain_head chain_head_empty(void)
{
	return (struct chain_head){ .last_ts = INT64_MIN };
}

/* Returns the time of the newest accepted reading, or INT64_MIN. */
static inline int64_t chain_head_newest(const struct chain_head *h)
{
	return h->n > 0 ? h->form[0].ts : INT64_MIN;
}

/* Record that there was a reading at `ts`, accepted or held. */
void chain_head_pass(struct chain_head *h, int64_t ts);

/*
 * Returns an accepted reading that `p` cannot follow, or NULL if it can follow
 * all. Sets *open to the registers that none of them shows, as bits.
 */
const struct judge_point *chain_head_against(const struct chain_head *h,
					     const struct judge_rates *r,
					     const struct judge_point *p,
					     unsigned *open);

/*
 * Is `p` after all others, and can it follow the accepted ones and the newest
 * row?
 */
bool chain_head_accepts(const struct chain_head *h, const struct judge_rates *r,
			const struct judge_point *p);

/* Does `p` repeat one of the newest accepted readings? */
bool chain_head_has(const struct chain_head *h, const struct judge_point *p);

/*
 * Add `p`, which was accepted and is newer than the accepted ones. Returns true
 * if it becomes a row, as the first one of its interval or of another set of
 * registers; false if the newest row stands for it.
 */
bool chain_head_add(struct chain_head *h, const struct judge_point *p,
		    long interval);

/*
 * Add `p`, which was accepted and is older than all of them. Returns false if
 * it adds nothing.
 */
bool chain_head_add_older(struct chain_head *h, const struct judge_point *p);

#endif
