/* One p1rrd at a time in a folder. */
#ifndef RRD_LOCK_H
#define RRD_LOCK_H

#include "base/clock.h"
#include "base/err.h"

/*
 * Take the lock of `folder`, made when it is not there, waiting at most
 * wait_ms. A descriptor to close when done (the end of the process does it
 * too), or ERR_BUSY, or ERR_CREATE with the path.
 */
int lock_take(const char *folder, long wait_ms, const struct clock *clock,
	      struct err *e);

#endif
