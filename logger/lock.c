#define _GNU_SOURCE /* F_OFD_SETLK */
#include "logger/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/safe_file.h"
#include "logger/port/holder.h"

static int held(const char *path, struct err *e)
{
	char by[HOLDER_TEXT];

	if (!holder_of_lock(path, by))
		snprintf(by, sizeof(by), "another p1logger");
	return err_set(e, ERR_BUSY,
		       "%s is locked by %s (if it is the service: sudo "
		       "systemctl stop p1logger)",
		       path, by);
}

/* Shared, because the file is open for reading only. */
static int mark_service(int fd, const char *path, struct err *e)
{
	struct flock whole = { .l_type = F_RDLCK, .l_whence = SEEK_SET };

	return fcntl(fd, F_OFD_SETLK, &whole) == 0
		       ? 0
		       : err_errno(e, ERR_IO, "locking %s", path);
}

static int take(int fd, const char *path, bool service, struct err *e)
{
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return service ? mark_service(fd, path, e) : 0;
	return errno == EWOULDBLOCK ? held(path, e)
				    : err_errno(e, ERR_IO, "locking %s", path);
}

int lock_try(const char *path, bool service, struct err *e)
{
	int fd = safe_file_open(path, O_RDONLY | O_CREAT | O_NOFOLLOW, 0640);

	if (fd < 0 && (errno == EACCES || errno == EPERM || errno == ELOOP))
		return err_errno(e, ERR_PERMISSION, "cannot open %s", path);
	if (fd < 0)
		return err_errno(e, ERR_CREATE, "%s", path);
	if (take(fd, path, service, e) == 0)
		return fd;
	close(fd);
	return e->code;
}

bool lock_is_service(const char *path)
{
	struct flock other = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd = safe_file_open(path, O_RDONLY | O_NOFOLLOW, 0);
	bool service = fd >= 0 && fcntl(fd, F_OFD_GETLK, &other) == 0 &&
		       other.l_type != F_UNLCK;

	if (fd >= 0)
		close(fd);
	return service;
}

bool lock_is_at(int fd, const char *path)
{
	struct stat held, there;

	if (fstat(fd, &held) < 0)
		return false;
	if (stat(path, &there) < 0)
		return errno != ENOENT;
	return held.st_ino == there.st_ino && held.st_dev == there.st_dev;
}
