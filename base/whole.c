#include "base/whole.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/owner.h"

int whole_fill(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		bytes += done;
		n -= (size_t)done;
	}
	return 0;
}

static int make(const char *path, mode_t mode, const void *bytes, size_t n,
		struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	int rc = 0;

	if (fd < 0)
		return err_errno(e, ERR_CREATE, "making %s", path);
	owner_inherit(path);
	if (fchmod(fd, mode) < 0 || whole_fill(fd, bytes, n) < 0 ||
	    fsync(fd) < 0)
		rc = err_errno(e, ERR_IO, "writing %s", path);
	if (close(fd) < 0 && rc == 0)
		rc = err_errno(e, ERR_IO, "writing %s", path);
	return rc;
}

int whole_write(const char *path, mode_t mode, const void *bytes, size_t n,
		struct err *e)
{
	char fresh[PATH_MAX];
	int rc;

	if (snprintf(fresh, sizeof(fresh), "%s.new", path) >= PATH_MAX)
		return err_set(e, ERR_CREATE, "%s: too long a name", path);
	rc = make(fresh, mode, bytes, n, e);
	if (rc == 0 && rename(fresh, path) < 0)
		rc = err_errno(e, ERR_CREATE, "writing %s", path);
	if (rc == 0)
		return whole_name(path, e);
	unlink(fresh);
	return rc;
}

int whole_name(const char *path, struct err *e)
{
	const char *slash = strrchr(path, '/');
	int n = slash ? (int)(slash - path) + 1 : 2;
	char folder[PATH_MAX];
	int fd, rc = 0;

	snprintf(folder, sizeof(folder), "%.*s", n, slash ? path : "./");
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Some network file systems cannot sync a folder: EINVAL. */
	if (fd < 0 || (fsync(fd) < 0 && errno != EINVAL))
		rc = err_errno(e, ERR_IO, "writing folder %s to the disk",
			       folder);
	if (fd >= 0)
		close(fd);
	return rc;
}
