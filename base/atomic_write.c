#include "base/atomic_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/safe_file.h"

int write_all(int fd, const char *bytes, size_t n)
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

/* Some network file systems cannot sync a folder and return EINVAL. */
static int sync_folder(const struct safe_path *p)
{
	int fd = openat(p->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 || (fsync(fd) < 0 && errno != EINVAL) ? -1 : 0;

	if (fd >= 0)
		close(fd);
	return rc;
}

static int fail_sync(const char *path, struct err *e)
{
	return err_errno(e, ERR_IO, "syncing the folder of %s", path);
}

int atomic_begin(struct atomic_file *f, const char *path, const char *suffix,
		 mode_t mode, bool follow, struct err *e)
{
	*f = (struct atomic_file){ .fd = -1, .path = path };
	if (safe_path_find(&f->place, path, follow) < 0)
		return err_errno(e, ERR_CREATE, "writing %s", path);
	if ((size_t)snprintf(f->temporary, sizeof(f->temporary), "%s%s",
			     f->place.name, suffix) >= sizeof(f->temporary)) {
		safe_path_close(&f->place);
		return err_set(e, ERR_CREATE, "%s: the name is too long", path);
	}
	if (unlinkat(f->place.folder, f->temporary, 0) == 0 || errno == ENOENT)
		f->fd = safe_file_make(&f->place, f->temporary, O_RDWR, mode);
	if (f->fd >= 0)
		return 0;
	err_errno(e, ERR_CREATE, "writing %s", path);
	safe_path_close(&f->place);
	return e->code;
}

void atomic_abandon(struct atomic_file *f)
{
	if (f->fd < 0)
		return;
	unlinkat(f->place.folder, f->temporary, 0);
	close(f->fd);
	f->fd = -1;
	safe_path_close(&f->place);
}

int atomic_end(struct atomic_file *f, struct err *e)
{
	int rc = 0;

	if (fsync(f->fd) < 0)
		rc = err_errno(e, ERR_IO, "writing %s", f->path);
	else if (renameat(f->place.folder, f->temporary, f->place.folder,
			  f->place.name) < 0)
		rc = err_errno(e, ERR_CREATE, "writing %s", f->path);
	if (rc < 0) {
		atomic_abandon(f);
		return rc;
	}
	if (sync_folder(&f->place) < 0)
		rc = fail_sync(f->path, e);
	close(f->fd);
	f->fd = -1;
	safe_path_close(&f->place);
	return rc;
}

int atomic_write(const char *path, mode_t mode, const void *bytes, size_t n,
		 struct err *e)
{
	struct atomic_file f;
	int rc = atomic_begin(&f, path, ".new", mode, false, e);

	if (rc < 0)
		return rc;
	if (write_all(f.fd, bytes, n) == 0)
		return atomic_end(&f, e);
	err_errno(e, ERR_IO, "writing %s", path);
	atomic_abandon(&f);
	return e->code;
}

int atomic_sync_name(const char *path, struct err *e)
{
	struct safe_path p;
	int rc;

	if (safe_path_find(&p, path, false) < 0)
		return fail_sync(path, e);
	rc = sync_folder(&p) < 0 ? fail_sync(path, e) : 0;
	safe_path_close(&p);
	return rc;
}
