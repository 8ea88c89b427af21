/*
 * Bring the RRD files of a folder up to the journal: one file per medium that
 * has readings (electricity.rrd, gas.rrd, ...).
 *
 * A file is appended to when it is known to hold exactly the steps before. In
 * every other case (deleted, damaged, of another layout, changed by another
 * hand, cut short by a kill, older readings came in, another journal) it is
 * made again beside the old one and put in its place, so readers never see
 * half of one.
 */
#ifndef RRD_CHANGE_FOLLOWER_H
#define RRD_CHANGE_FOLLOWER_H

#include "rrd/cursor.h"
#include "storage/history/history.h"

struct change_follower {
	const char *folder;
	bool rebuild; /* make all files again */

	/* One sentence on what was found and done; never NULL. `worth_a_line`:
	 * not a matter of course. */
	void (*note)(void *ctx, bool worth_a_line, const char *sentence);

	/* A file is being made: UTC reached, between `from` and `to`. May be
	 * NULL. */
	void (*progress)(void *ctx, enum medium m, int64_t from, int64_t at,
			 int64_t to);
	void *ctx; /* of both */
};

/*
 * Do all media once. The caller holds the folder's lock (rrd/rrd_lock.h). The number of
 * files written, 0 when all were up to date, or a negative code: the first
 * failure, after all other media were done.
 */
int change_follower_run(const struct change_follower *o, struct history *h,
			struct err *e);

#endif
