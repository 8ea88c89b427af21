/*
 * Decide which readings around one in doubt are accepted: the heaviest chain
 * (heaviest_chain.h) of a window of one meter's readings.
 *
 * The window reaches from an accepted reading, at least a day and fifty
 * accepted readings before the first reading in doubt, to one as far after the
 * last; held readings within that distance are in doubt too. Both ends stay
 * accepted, unless a chain without them is heavier and keeps some accepted
 * reading: then the window doubles. At the first and the last reading of a
 * meter an end is open. So the same readings and pins lead to the same accepted
 * set, in whatever order they came.
 */
#ifndef STORAGE_JUDGE_JUDGING_WINDOW_H
#define STORAGE_JUDGE_JUDGING_WINDOW_H

#include "storage/judge/heaviest_chain.h"

struct window {
	struct chain_reading *list; /* in order; owned */
	size_t n, room;
};

enum way { WAY_BACK, WAY_FORWARD };

/*
 * Where the readings of a meter are: a database, or a list in memory. A reading
 * just read from the port counts as held. Each function returns 0, or a
 * negative code with *e set.
 */
struct window_source {
	void *of; /* first argument of the functions */
	/*
	 * Add all readings from `from` to `to`, both included, with window_add.
	 */
	int (*read)(void *of, int64_t from, int64_t to, struct window *w,
		    struct err *e);
	/*
	 * Find the nearest accepted reading that has `count` - 1 accepted ones
	 * between itself and `ts`, and is at least `away` seconds from it. *at
	 * receives its time, and stays unchanged if there is none.
	 */
	int (*accepted)(void *of, int64_t ts, enum way way, int64_t count,
			int64_t away, int64_t *at, struct err *e);
	/*
	 * Find the held reading between `from` and `to`, both included, that is
	 * furthest in the direction `way`, unless the accepted ones there
	 * outweigh all held ones by far: those further away cannot change that.
	 * *at as above.
	 */
	int (*held)(void *of, int64_t from, int64_t to, enum way way,
		    int64_t *at, struct err *e);
};

/* Append a reading, in any order. Returns 0, or ERR_FAILED if out of memory. */
int window_add(struct window *w, const struct chain_reading *one,
	       struct err *e);
void window_free(struct window *w); /* safe if zeroed */

/*
 * Read the readings from `from` to `to`, both included, in the order of
 * chain_compare and each once. Returns 0 or a negative code.
 */
int window_read(const struct window_source *s, int64_t from, int64_t to,
		struct window *w, struct err *e);

/*
 * Find the end in direction `way` of the window around a reading in doubt at
 * `ts`: the time of an accepted reading, or INT64_MIN or INT64_MAX if none is
 * that far from it and from all that are in doubt on the way. Returns 0 or a
 * negative code.
 */
int window_end(const struct window_source *s, int64_t ts, enum way way,
	       int64_t *end, struct err *e);

/*
 * Judge the readings of a meter from `first` to `last`, those that are new or
 * in doubt. *w, zeroed or used before, gets the readings of the window; those
 * with .chosen are to be accepted, the others to be held.
 */
int window_judge(const struct judge_rates *r, const struct window_source *s,
		 int64_t first, int64_t last, struct window *w, struct err *e);

#endif
