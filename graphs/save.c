#include "graphs/save.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/whole.h"

/* What open(2) would have given a new file: mkstemp's is its owner's alone. */
static mode_t usual_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* ".day.png.XXXXXX" beside `path`; false when that is too long a name. */
static bool beside(char temp[static PATH_MAX], const char *path)
{
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash - path) + 1 : 0;

	return snprintf(temp, PATH_MAX, "%.*s.%s.XXXXXX", folder, path,
			path + folder) < PATH_MAX;
}

/* A device or a pipe is written to, not replaced. */
static int save_special(const char *path, const void *bytes, size_t n,
			struct err *e)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return err_errno(e, ERR_CREATE, "writing %s", path);
	if (whole_fill(fd, bytes, n) < 0)
		err_errno(e, ERR_IO, "writing %s", path);
	close(fd);
	return e->code;
}

static int save_beside(const char *path, const void *bytes, size_t n,
		       struct err *e)
{
	char temp[PATH_MAX];
	int fd;

	if (!beside(temp, path))
		return err_set(e, ERR_CREATE, "%s: too long a name", path);
	fd = mkstemp(temp);
	if (fd < 0)
		return err_errno(e, ERR_CREATE, "writing %s", path);
	if (whole_fill(fd, bytes, n) < 0 || fchmod(fd, usual_mode()) < 0 ||
	    fsync(fd) < 0)
		err_errno(e, ERR_IO, "writing %s", path);
	close(fd);
	if (e->code == 0 && rename(temp, path) < 0)
		err_errno(e, ERR_CREATE, "writing %s", path);
	if (e->code == 0)
		return whole_name(path, e);
	unlink(temp);
	return e->code;
}

int save_file(const char *path, const void *bytes, size_t n, struct err *e)
{
	char real[PATH_MAX];
	struct stat st;

	*e = (struct err){ 0 };
	if (realpath(path, real) == NULL)
		return save_beside(path, bytes, n, e);
	if (stat(real, &st) == 0 && !S_ISREG(st.st_mode) &&
	    !S_ISDIR(st.st_mode))
		return save_special(real, bytes, n, e);
	return save_beside(real, bytes, n, e);
}

int save_stdout(const void *bytes, size_t n, struct err *e)
{
	if (whole_fill(STDOUT_FILENO, bytes, n) < 0)
		return err_errno(e, ERR_IO, "writing to standard output");
	return 0;
}
