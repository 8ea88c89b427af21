/*
 * Wait with one poll(2) for several things, each with a descriptor, a deadline,
 * or both. Descriptor and deadline may change at any time, so both are read
 * before each wait.
 */
#ifndef BASE_POLLABLE_H
#define BASE_POLLABLE_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct pollable {
	void *context; /* borrowed; passed to the three functions */
	/* What to poll; fd is -1 if there is nothing to poll. */
	struct pollfd (*poll)(const void *context);
	/* Next call of `turn` without input, monotonic ms; INT64_MAX: never. */
	int64_t (*due)(const void *context);
	/* Do pending work; `revents` from poll, 0 if only time has passed. */
	void (*turn)(void *context, short revents);
};

enum { POLLABLE_MAX = 16 }; /* for one wait */

/*
 * Sleep until one of the n (at most POLLABLE_MAX) is ready or due, but not
 * beyond the monotonic time due_ms; then call `turn` of each one that is ready
 * or due, in order. Returns 0, also after an interruption, or ERR_FAILED if
 * poll fails.
 */
int pollable_wait(const struct pollable *list, size_t n, int64_t due_ms,
		  const struct clock *clock, struct err *e);

#endif
