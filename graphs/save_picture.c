#include "graphs/save_picture.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic_write.h"
#include "base/safe_file.h"

/* The mode that open(2) would give a new file. */
static mode_t usual_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* Write to a device or pipe instead of replacing it. */
static int save_special(const char *path, const void *bytes, size_t n,
			struct err *e)
{
	int fd = safe_file_open(path, O_WRONLY, 0);

	if (fd < 0)
		return err_errno(e, ERR_CREATE, "writing %s", path);
	if (write_all(fd, bytes, n) < 0)
		err_errno(e, ERR_IO, "writing %s", path);
	close(fd);
	return e->code;
}

/* Say which folder is missing, if that is why a file cannot be created. */
static int no_folder(const char *path, struct err *e)
{
	const char *slash = strrchr(path, '/');
	int n = slash ? (int)(slash - path) : 0;
	char folder[PATH_MAX];
	struct stat st;

	if (n == 0 || n >= PATH_MAX)
		return e->code;
	snprintf(folder, sizeof(folder), "%.*s", n, path);
	if (stat(folder, &st) == 0 || errno != ENOENT)
		return e->code;
	return err_set(e, ERR_CREATE,
		       "writing %s: the folder %s does not exist; create it "
		       "with mkdir -p",
		       path, folder);
}

static int save_beside(const char *path, const void *bytes, size_t n,
		       struct err *e)
{
	struct atomic_file f;
	char suffix[32];

	/* Cron and p1web may draw the same chart at the same time. */
	snprintf(suffix, sizeof(suffix), ".%ld.new", (long)getpid());
	if (atomic_begin(&f, path, suffix, usual_mode(), true, e) < 0)
		return no_folder(path, e);
	if (write_all(f.fd, bytes, n) == 0)
		return atomic_end(&f, e);
	err_errno(e, ERR_IO, "writing %s", path);
	atomic_abandon(&f);
	return e->code;
}

int save_picture_file(const char *path, const void *bytes, size_t n,
		      struct err *e)
{
	struct stat st;

	*e = (struct err){ 0 };
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode) &&
	    !S_ISDIR(st.st_mode))
		return save_special(path, bytes, n, e);
	return save_beside(path, bytes, n, e);
}

int save_picture_stdout(const void *bytes, size_t n, struct err *e)
{
	if (write_all(STDOUT_FILENO, bytes, n) < 0)
		return err_errno(e, ERR_IO, "writing to standard output");
	return 0;
}
