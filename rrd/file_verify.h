/* Do the RRD files hold what the journal says? Nothing is mended. */
#ifndef RRD_FILE_VERIFY_H
#define RRD_FILE_VERIFY_H

#include "storage/history/history.h"

struct file_verify_rrd {
	const char *folder;
	void (*say)(void *ctx, const char *sentence); /* what is wrong */
	void *ctx;
};

/*
 * Make each file again in a folder of its own in $TMPDIR or /tmp, as far as it
 * is fed, compare every row of every archive, and remove the new one. The caller holds the folder's lock.
 * What was fed no more since is no fault. How many files are wrong, or a
 * negative code.
 */
int file_verify_rrd(const struct file_verify_rrd *v, struct history *h,
		    struct err *e);

#endif
