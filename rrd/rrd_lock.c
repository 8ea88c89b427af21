#include "rrd/rrd_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/safe_file.h"

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

static int enter(const char *folder, struct err *e)
{
	if (safe_file_make_folder(folder, 0755) != 0 && errno != EEXIST)
		return err_errno(e, ERR_CREATE, "creating folder %s", folder);
	if (safe_file_act_as_owner(folder) != 0)
		return err_errno(e, ERR_PERMISSION,
				 "working as the owner of %s", folder);
	return 0;
}

int rrd_lock_take(const char *folder, long wait_ms, const struct clock *clock,
		  struct err *e)
{
	char path[PATH];
	int fd, rc = enter(folder, e);

	if (rc < 0)
		return rc;
	snprintf(path, sizeof(path), "%s/p1rrd.lock", folder);
	/*
	 * Read access is enough to lock a file that root made in a user's
	 * folder.
	 */
	fd = safe_file_open(path, O_RDONLY | O_CREAT | O_NOFOLLOW, 0644);
	if (fd < 0)
		return err_errno(e, ERR_CREATE, "creating %s", path);
	rc = wait_for(fd, wait_ms, clock);
	if (rc == 0)
		return fd;
	if (rc == ERR_BUSY)
		err_set(e, rc, "another p1rrd is running in %s", folder);
	else
		err_errno(e, rc, "locking %s", path);
	close(fd);
	return rc;
}
