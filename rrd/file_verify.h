/* Compare the RRD files with the journal, changing nothing. */
#ifndef RRD_FILE_VERIFY_H
#define RRD_FILE_VERIFY_H

#include "storage/history/history.h"

struct file_verify_rrd {
	const char *folder;
	void (*say)(void *ctx, const char *sentence); /* reports a problem */
	void *ctx;
};

/*
 * Rebuild each file, up to the last step it contains, in a temporary folder in
 * $TMPDIR or /tmp, and compare every row of every archive. The caller holds the
 * folder's lock. Readings added since are not an error. Returns the number of
 * wrong files, or a negative code.
 */
int file_verify_rrd(const struct file_verify_rrd *v, struct history *h,
		    struct err *e);

#endif
