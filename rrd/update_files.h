/*
 * Bring the RRD files of a folder up to date with the journal: one file per
 * medium with readings (electricity.rrd, gas.rrd, ...).
 *
 * A file is appended to if it is known to hold exactly the steps before.
 * Otherwise (deleted, damaged, another layout, changed by another program,
 * interrupted, older readings were added, another journal) it is rebuilt beside
 * the old one and replaces it, so readers never see an incomplete file.
 */
#ifndef RRD_UPDATE_FILES_H
#define RRD_UPDATE_FILES_H

#include "rrd/state_file.h"
#include "storage/history/history.h"

struct update_files {
	const char *folder;
	bool rebuild; /* rebuild all files */

	/*
	 * Reports findings and actions, one sentence each; never NULL.
	 * `worth_a_line`: not routine.
	 */
	void (*note)(void *ctx, bool worth_a_line, const char *sentence);

	/*
	 * Progress of a rebuild: UTC time reached, between `from` and `to`. May
	 * be NULL.
	 */
	void (*progress)(void *ctx, enum medium m, int64_t from, int64_t at,
			 int64_t to);
	void *ctx; /* for both callbacks */
};

/*
 * Process all media once. The caller holds the folder's lock (rrd/rrd_lock.h).
 * Returns the number of files written, 0 if all were up to date, or the first
 * failure, after processing the other media.
 */
int update_files_run(const struct update_files *o, struct history *h,
		     struct err *e);

#endif
