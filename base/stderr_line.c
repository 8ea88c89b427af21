#include "base/stderr_line.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* The last line was written in part: end it first. */
static bool cut;

/*
 * Reopen the same pipe or terminal, which can be made non-blocking without
 * affecting the shared descriptor; fall back to the shared one.
 */
static int open_again(mode_t type)
{
	int fd = -1;

	if (S_ISFIFO(type) || (S_ISCHR(type) && isatty(STDERR_FILENO)))
		fd = open("/proc/self/fd/2",
			  O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return fd >= 0 ? fd : STDERR_FILENO;
}

static bool has_room(int fd, int wait_ms)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	return poll(&p, 1, wait_ms) == 1 &&
	       (p.revents & (POLLERR | POLLNVAL)) == 0;
}

static bool put(int fd, mode_t type, const char *p, size_t n)
{
	ssize_t done = S_ISSOCK(type)
			       ? send(fd, p, n, MSG_DONTWAIT | MSG_NOSIGNAL)
			       : write(fd, p, n);

	cut = done > 0 ? (size_t)done < n : cut;
	return done == (ssize_t)n;
}

bool stderr_line(const char *line, size_t n, int wait_ms)
{
	struct stat st;
	bool done;
	int fd;

	if (fstat(STDERR_FILENO, &st) < 0)
		return false;
	fd = open_again(st.st_mode);
	done = has_room(fd, wait_ms) &&
	       (!cut || put(fd, st.st_mode, "\n", 1)) &&
	       put(fd, st.st_mode, line, n);
	if (fd != STDERR_FILENO)
		close(fd);
	return done;
}
