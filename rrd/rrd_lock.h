/* The folder of the RRD files: one p1rrd at a time, with its owner's rights. */
#ifndef RRD_RRD_LOCK_H
#define RRD_RRD_LOCK_H

#include "base/clock.h"
#include "base/err.h"

/*
 * Take the lock of `folder`, made when it is not there, waiting at most
 * wait_ms. When root runs the program it goes on as the folder's owner: librrd
 * opens files by name, through any link that is there. A descriptor to close when done (the end of the process does it
 * too), or ERR_BUSY, ERR_PERMISSION, or ERR_CREATE with the path.
 */
int rrd_lock_take(const char *folder, long wait_ms, const struct clock *clock,
		  struct err *e);

#endif
