#include <poll.h>

#include "sim/sink.h"
#include "sim/sink_kind.h"

const char *sink_name(const struct sink *s)
{
	return s->name;
}

int sink_send(struct sink *s, const char *bytes, size_t n, bool wait, int stop,
	      struct err *e)
{
	return s->kind->send(s, bytes, n, wait, stop, e);
}

int sink_fd(const struct sink *s)
{
	return s->fd;
}

void sink_turn(struct sink *s)
{
	if (s->kind->turn != NULL)
		s->kind->turn(s);
}

int sink_close(struct sink *s, struct err *e)
{
	return s == NULL ? 0 : s->kind->close(s, e);
}

int sink_wait(int fd, short events, int stop, int ms)
{
	struct pollfd fds[] = {
		{ .fd = stop, .events = POLLIN },
		{ .fd = fd, .events = events },
	};

	if (poll(fds, 2, ms) < 0)
		return 0;
	if (fds[0].revents != 0)
		return -1;
	return fds[1].revents != 0;
}
