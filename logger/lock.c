#include "logger/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* "the service (pid 812)", as its holder wrote it. */
static int held(int fd, const char *path, struct err *e)
{
	char by[64];
	ssize_t n = pread(fd, by, sizeof(by) - 1, 0);

	by[n > 0 ? n : 0] = '\0';
	by[strcspn(by, "\n")] = '\0';
	return err_set(e, ERR_BUSY, "%s is locked by %s", path,
		       by[0] != '\0' ? by : "another p1logger");
}

static void sign(int fd, const char *who)
{
	char text[64];
	int n = snprintf(text, sizeof(text), "%s (pid %ld)\n", who,
			 (long)getpid());

	if (ftruncate(fd, 0) < 0 || pwrite(fd, text, (size_t)n, 0) < 0)
		return; /* the lock itself holds; its holder goes unnamed */
}

int lock_try(const char *path, const char *who, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);

	if (fd < 0 && (errno == EACCES || errno == EPERM))
		return err_errno(e, ERR_PERMISSION, "may not write %s", path);
	if (fd < 0)
		return err_errno(e, ERR_CREATE, "%s", path);
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno == EWOULDBLOCK)
			held(fd, path, e);
		else
			err_errno(e, ERR_IO, "locking %s", path);
		close(fd);
		return e->code;
	}
	sign(fd, who);
	return fd;
}
