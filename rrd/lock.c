#include "rrd/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/owner.h"

enum { PATH = 1024, PAUSE_MS = 50 };

static int wait_for(int fd, long wait_ms, const struct clock *clock)
{
	static const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000L };
	int64_t until = clock_monotonic_ms(clock) + wait_ms;

	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return ERR_CREATE;
		if (clock_monotonic_ms(clock) >= until)
			return ERR_BUSY;
		nanosleep(&pause, NULL);
	}
	return 0;
}

int lock_take(const char *folder, long wait_ms, const struct clock *clock,
	      struct err *e)
{
	char path[PATH];
	int fd, rc;

	if (mkdir(folder, 0755) != 0 && errno != EEXIST)
		return err_errno(e, ERR_CREATE, "making folder %s", folder);
	owner_inherit(folder);
	snprintf(path, sizeof(path), "%s/p1rrd.lock", folder);
	/* Reading is enough to lock one that root made in a user's folder. */
	fd = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0)
		return err_errno(e, ERR_CREATE, "making %s", path);
	owner_inherit(path);
	rc = wait_for(fd, wait_ms, clock);
	if (rc == 0)
		return fd;
	if (rc == ERR_BUSY)
		err_set(e, rc, "another p1rrd is at work in %s", folder);
	else
		err_errno(e, rc, "locking %s", path);
	close(fd);
	return rc;
}
