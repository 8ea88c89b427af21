#include "base/pollable.h"

#include <errno.h>
#include <limits.h>

/* Timeout for poll in ms. */
static int timeout(int64_t due_ms, const struct clock *clock)
{
	int64_t left = due_ms - clock_monotonic_ms(clock);

	if (left < 0)
		return 0;
	return left < INT_MAX ? (int)left : INT_MAX;
}

int pollable_wait(const struct pollable *list, size_t n, int64_t due_ms,
		  const struct clock *clock, struct err *e)
{
	struct pollfd fds[POLLABLE_MAX];
	int64_t now;

	for (size_t i = 0; i < n; i++) {
		int64_t own = list[i].due(list[i].context);

		fds[i] = list[i].poll(list[i].context);
		due_ms = own < due_ms ? own : due_ms;
	}
	if (poll(fds, n, timeout(due_ms, clock)) < 0)
		return errno == EINTR ? 0 : err_errno(e, ERR_FAILED, "poll");
	now = clock_monotonic_ms(clock);
	for (size_t i = 0; i < n; i++)
		if (fds[i].revents != 0 || list[i].due(list[i].context) <= now)
			list[i].turn(list[i].context, fds[i].revents);
	return 0;
}
