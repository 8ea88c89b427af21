/*
 * Lock the folder of the RRD files for one p1rrd, with the rights of its owner.
 */
#ifndef RRD_RRD_LOCK_H
#define RRD_RRD_LOCK_H

#include "base/clock.h"
#include "base/err.h"

/*
 * Take the lock of `folder`, created if missing, waiting at most wait_ms. If
 * root runs the program, it continues as the folder's owner, because librrd
 * opens files by name and follows any link. Returns a descriptor to close when
 * done (exiting does it too), ERR_BUSY, ERR_PERMISSION, or ERR_CREATE with the
 * path.
 */
int rrd_lock_take(const char *folder, long wait_ms, const struct clock *clock,
		  struct err *e);

#endif
