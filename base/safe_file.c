#define _GNU_SOURCE /* O_PATH, AT_EMPTY_PATH, setresuid */
#include "base/safe_file.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 10 }; /* when another process keeps creating and removing it */

static int close_for(int fd, int cause)
{
	close(fd);
	errno = cause;
	return -1;
}

/*
 * Set owner and mode of a new file; the owner first, since chown clears mode
 * bits.
 */
static int set_up(const struct safe_path *p, int fd, mode_t mode)
{
	struct stat folder;

	if (geteuid() == 0 && (fstat(p->folder, &folder) < 0 ||
			       fchown(fd, folder.st_uid, folder.st_gid) < 0))
		return -1;
	return fchmod(fd, mode);
}

int safe_file_make(const struct safe_path *p, const char *name, int flags,
		   mode_t mode)
{
	int fd, cause;

	if (!safe_path_allows(p, p->folder)) {
		errno = ELOOP;
		return -1;
	}
	fd = openat(p->folder, name,
		    flags | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	if (fd < 0 || set_up(p, fd, mode) == 0)
		return fd;
	cause = errno;
	unlinkat(p->folder, name, 0);
	return close_for(fd, cause);
}

static int open_there(const struct safe_path *p, int flags)
{
	bool is_folder = (flags & O_DIRECTORY) != 0;
	int fd;

	if (!is_folder && !safe_path_allows(p, p->folder)) {
		errno = ELOOP;
		return -1;
	}
	fd = openat(p->folder, p->name,
		    flags | O_CLOEXEC | (p->of_proc ? 0 : O_NOFOLLOW));
	if (fd < 0 || !is_folder || safe_path_allows(p, fd))
		return fd;
	return close_for(fd, ELOOP);
}

/* Open the file, or create it, or open one that was created meanwhile ... */
static int open_or_make(const struct safe_path *p, int flags, mode_t mode)
{
	int fd = -1;

	for (int i = 0; i < TRIES && fd < 0; i++) {
		fd = open_there(p, flags);
		if (fd >= 0 || errno != ENOENT)
			break;
		fd = safe_file_make(p, p->name, flags, mode);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	return fd;
}

int safe_file_open(const char *path, int flags, mode_t mode)
{
	const int plain = flags & ~(O_CREAT | O_EXCL);
	struct safe_path p;
	int fd;

	if (safe_path_find(&p, path, (flags & (O_EXCL | O_NOFOLLOW)) == 0) < 0)
		return -1;
	if ((flags & O_CREAT) == 0)
		fd = open_there(&p, plain);
	else if ((flags & O_EXCL) != 0)
		fd = safe_file_make(&p, p.name, plain, mode);
	else
		fd = open_or_make(&p, plain, mode);
	safe_path_close(&p);
	return fd;
}

int safe_file_folder(const char *path)
{
	return safe_file_open(path, O_RDONLY | O_DIRECTORY, 0);
}

static int make_folder(const struct safe_path *p, mode_t mode)
{
	int fd, rc;

	if (!safe_path_allows(p, p->folder)) {
		errno = ELOOP;
		return -1;
	}
	if (mkdirat(p->folder, p->name, 0700) < 0)
		return -1;
	fd = openat(p->folder, p->name,
		    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return -1;
	rc = set_up(p, fd, mode);
	close(fd);
	return rc;
}

int safe_file_make_folder(const char *path, mode_t mode)
{
	struct safe_path p;
	int rc;

	if (safe_path_find(&p, path, true) < 0)
		return -1;
	rc = make_folder(&p, mode);
	safe_path_close(&p);
	return rc;
}

int safe_file_remove(const char *path)
{
	struct safe_path p;
	int rc;

	if (safe_path_find(&p, path, false) < 0)
		return -1;
	rc = unlinkat(p.folder, p.name, 0);
	safe_path_close(&p);
	return rc;
}

static int become(uid_t uid, gid_t gid)
{
	const struct passwd *user = getpwuid(uid);
	int rc = user != NULL ? initgroups(user->pw_name, gid)
			      : setgroups(0, NULL);

	if (rc == 0)
		rc = setresgid(gid, gid, gid);
	return rc == 0 ? setresuid(uid, uid, uid) : rc;
}

int safe_file_act_as_owner(const char *path)
{
	struct stat st;
	int fd, rc;

	if (geteuid() != 0)
		return 0;
	fd = safe_file_folder(path);
	if (fd < 0)
		return -1;
	rc = fstat(fd, &st);
	if (rc == 0 && st.st_uid != 0)
		rc = become(st.st_uid, st.st_gid);
	close(fd);
	return rc;
}

int safe_file_give(const char *path)
{
	struct stat folder, st;
	struct safe_path p;
	int fd, rc = -1;

	if (geteuid() != 0)
		return 0;
	if (safe_path_find(&p, path, false) < 0)
		return -1;
	/* O_PATH: closing a normal descriptor would drop SQLite's locks. */
	fd = openat(p.folder, p.name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &st) == 0 && fstat(p.folder, &folder) == 0)
		rc = st.st_uid != 0 || (S_ISREG(st.st_mode) && st.st_nlink > 1)
			     ? 0
			     : fchownat(fd, "", folder.st_uid, folder.st_gid,
					AT_EMPTY_PATH);
	if (fd >= 0)
		close(fd);
	safe_path_close(&p);
	return rc;
}
