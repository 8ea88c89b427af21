/*
 * Preloaded under tests: a disk that fails. The file P1_DISK_FAULT says what
 * happens at this moment to files below the folder P1_DISK, in one line:
 *
 *	CALLS ERRNO [FROM [COUNT]]   write,sync ENOSPC 3 1
 *	CALLS slow MS                sync slow 300
 *	room MB                      room 3: free space that statvfs reports
 *
 * CALLS, separated by commas, are read (pread), write (write, pwrite,
 * ftruncate), sync (fsync, fdatasync) and change (open for writing, access,
 * mkdir, rename, link, unlink, and those of them that end in "at"). The FROMth
 * call of this process (1) fails, and the COUNT - 1 after it (all); they are
 * counted from the first call under this line. If the file is empty or missing,
 * nothing fails. "short" as ERRNO writes half of the bytes, and of one byte
 * nothing (ENOSPC). Each call that fails or waits adds a byte to the file
 * P1_DISK_FAULT.met.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum outcome { GOES_ON, FAILS, SHORT };

static long seen; /* calls of this process that the fault concerns */

static const struct {
	const char *name;
	int value;
} errors[] = {
	{ "ENOSPC", ENOSPC }, { "EIO", EIO },	    { "EROFS", EROFS },
	{ "EDQUOT", EDQUOT }, { "EACCES", EACCES }, { "ENODEV", ENODEV },
};

static int read_fault(char calls[64], char what[32], long *from, long *count)
{
	static char before[128];
	const char *path = getenv("P1_DISK_FAULT");
	int fd = path ? REAL(open)(path, O_RDONLY | O_CLOEXEC) : -1;
	char line[128] = "";
	ssize_t n;

	if (fd < 0)
		return 0;
	n = REAL(read)(fd, line, sizeof(line) - 1);
	REAL(close)(fd);
	if (strcmp(line, before) != 0)
		seen = 0;
	memcpy(before, line, sizeof(before));
	*from = 1;
	*count = LONG_MAX;
	return n > 0 &&
	       sscanf(line, "%63s %31s %ld %ld", calls, what, from, count) >= 2;
}

static void pause_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static void note_met(void)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s.met", getenv("P1_DISK_FAULT"));
	fd = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (fd < 0)
		return;
	(void)!REAL(write)(fd, ".", 1);
	REAL(close)(fd);
}

/* Decide about a call of this kind; sets errno if it fails. */
static enum outcome judge(const char *kind)
{
	char calls[64], what[32];
	long from, count;
	int before = errno;

	if (!read_fault(calls, what, &from, &count) ||
	    strstr(calls, kind) == NULL) {
		errno = before;
		return GOES_ON;
	}
	errno = before;
	if (strcmp(what, "slow") == 0) {
		pause_ms(from);
		note_met();
		errno = before;
		return GOES_ON;
	}
	seen++;
	if (seen < from || seen - from >= count)
		return GOES_ON;
	note_met();
	errno = before;
	if (strcmp(what, "short") == 0)
		return SHORT;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strcmp(what, errors[i].name) == 0)
			errno = errors[i].value;
	return FAILS;
}

static int is_ours(const char *path)
{
	const char *folder = getenv("P1_DISK");

	return folder != NULL && strncmp(path, folder, strlen(folder)) == 0;
}

static int fd_is_ours(int fd)
{
	char link[64], path[PATH_MAX];
	ssize_t n;
	int before = errno;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path) - 1);
	errno = before;
	if (n < 0)
		return 0;
	path[n] = '\0';
	return is_ours(path);
}

static int path_is_ours(const char *path)
{
	char whole[PATH_MAX + 2];
	size_t n;

	if (path[0] == '/')
		return is_ours(path);
	if (getcwd(whole, PATH_MAX) == NULL)
		return 0;
	n = strlen(whole);
	snprintf(whole + n, sizeof(whole) - n, "/%s", path);
	return is_ours(whole);
}

/* Like path_is_ours, for a name in an open folder. */
static int name_is_ours(int folder, const char *name)
{
	char link[64], path[PATH_MAX + NAME_MAX + 2];
	ssize_t n;

	if (folder == AT_FDCWD || name[0] == '/')
		return path_is_ours(name);
	snprintf(link, sizeof(link), "/proc/self/fd/%d", folder);
	n = readlink(link, path, PATH_MAX - 1);
	if (n < 0)
		return 0;
	snprintf(path + n, sizeof(path) - (size_t)n, "/%s", name);
	return is_ours(path);
}

/* Returns how many of n bytes may be written; negative: none, see errno. */
static ssize_t room(int fd, size_t n)
{
	enum outcome v = fd_is_ours(fd) ? judge("write") : GOES_ON;

	if (v == SHORT && n < 2)
		errno = ENOSPC;
	if (v == FAILS || (v == SHORT && n < 2))
		return -1;
	return (ssize_t)(v == SHORT ? n / 2 : n);
}

ssize_t write(int fd, const void *buf, size_t n)
{
	ssize_t may = room(fd, n);

	return may < 0 ? -1 : REAL(write)(fd, buf, (size_t)may);
}

ssize_t pwrite(int fd, const void *buf, size_t n, off_t at)
{
	ssize_t may = room(fd, n);

	return may < 0 ? -1 : REAL(pwrite)(fd, buf, (size_t)may, at);
}

ssize_t pwrite64(int fd, const void *buf, size_t n, off64_t at)
{
	ssize_t may = room(fd, n);

	return may < 0 ? -1 : REAL(pwrite64)(fd, buf, (size_t)may, at);
}

ssize_t pread(int fd, void *buf, size_t n, off_t at)
{
	if (fd_is_ours(fd) && judge("read") != GOES_ON)
		return -1;
	return REAL(pread)(fd, buf, n, at);
}

ssize_t pread64(int fd, void *buf, size_t n, off64_t at)
{
	if (fd_is_ours(fd) && judge("read") != GOES_ON)
		return -1;
	return REAL(pread64)(fd, buf, n, at);
}

#define FAULTY(kind, ours, name, parameters, arguments)                        \
	int name parameters                                                    \
	{                                                                      \
		if ((ours) && judge(kind) != GOES_ON)                          \
			return -1;                                             \
		return REAL(name) arguments;                                   \
	}

FAULTY("write", fd_is_ours(fd), ftruncate, (int fd, off_t n), (fd, n))
FAULTY("write", fd_is_ours(fd), ftruncate64, (int fd, off64_t n), (fd, n))
FAULTY("sync", fd_is_ours(fd), fsync, (int fd), (fd))
FAULTY("sync", fd_is_ours(fd), fdatasync, (int fd), (fd))
FAULTY("change", path_is_ours(path) && access(path, F_OK) < 0, mkdir,
       (const char *path, mode_t mode), (path, mode))
FAULTY("change", how &W_OK &&path_is_ours(path), access,
       (const char *path, int how), (path, how))
FAULTY("change", path_is_ours(path), unlink, (const char *path), (path))
FAULTY("change", path_is_ours(to), rename, (const char *from, const char *to),
       (from, to))
FAULTY("change", path_is_ours(to), link, (const char *from, const char *to),
       (from, to))

FAULTY("change", name_is_ours(at, path) && faccessat(at, path, F_OK, 0) < 0,
       mkdirat, (int at, const char *path, mode_t mode), (at, path, mode))
FAULTY("change", name_is_ours(at, path), unlinkat,
       (int at, const char *path, int flags), (at, path, flags))
FAULTY("change", name_is_ours(at_to, to), renameat,
       (int at_from, const char *from, int at_to, const char *to),
       (at_from, from, at_to, to))

#define FAULTY_OPENAT(name)                                                    \
	int name(int at, const char *path, int flags, ...)                     \
	{                                                                      \
		mode_t mode = 0;                                               \
		va_list ap;                                                    \
                                                                               \
		va_start(ap, flags);                                           \
		if (flags & (O_CREAT | O_TMPFILE))                             \
			mode = va_arg(ap, mode_t);                             \
		va_end(ap);                                                    \
		if ((flags & O_ACCMODE) != O_RDONLY &&                         \
		    name_is_ours(at, path) &&                                  \
		    !(flags & O_EXCL && faccessat(at, path, F_OK, 0) == 0) &&  \
		    judge("change") != GOES_ON)                                \
			return -1;                                             \
		return REAL(name)(at, path, flags, mode);                      \
	}

FAULTY_OPENAT(openat)
FAULTY_OPENAT(openat64)

#define FAULTY_OPEN(name)                                                      \
	int name(const char *path, int flags, ...)                             \
	{                                                                      \
		mode_t mode = 0;                                               \
		va_list ap;                                                    \
                                                                               \
		va_start(ap, flags);                                           \
		if (flags & (O_CREAT | O_TMPFILE))                             \
			mode = va_arg(ap, mode_t);                             \
		va_end(ap);                                                    \
		if ((flags & O_ACCMODE) != O_RDONLY && path_is_ours(path) &&   \
		    !(flags & O_EXCL && access(path, F_OK) == 0) &&            \
		    judge("change") != GOES_ON)                                \
			return -1;                                             \
		return REAL(name)(path, flags, mode);                          \
	}

FAULTY_OPEN(open)
FAULTY_OPEN(open64)

static int statvfs_as_told(const char *path, struct statvfs *fs)
{
	char calls[64], what[32];
	long from, count;

	if (!path_is_ours(path) || !read_fault(calls, what, &from, &count) ||
	    strcmp(calls, "room") != 0)
		return 0;
	fs->f_frsize = fs->f_bsize = 1024;
	fs->f_bavail = fs->f_bfree = (fsblkcnt_t)(atol(what) * 1024);
	return 0;
}

int statvfs(const char *path, struct statvfs *fs)
{
	int rc = REAL(statvfs)(path, fs);

	return rc == 0 ? statvfs_as_told(path, fs) : rc;
}
