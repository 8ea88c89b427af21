/*
 * Preloaded under tests: record everything that a program does to the files of
 * one folder, so that tests/power/disk.py can tell what a disk may contain when
 * the power fails at any of these steps. The program and its libraries are the
 * real, unchanged ones.
 *
 * P1_RECORD_ROOT is the folder, P1_RECORD_LOG the file to which records are
 * appended: struct record_head, then `bytes` bytes. Mapped memory is not seen:
 * files that end in -shm are left out, since nothing in them has to survive.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <sqlite3.h>

enum { LOG_FD = 400 }; /* high, to stay out of the way */

enum op {
	OP_CREATE = 'C',   /* a new file: inode, path */
	OP_TRUNCATE = 'T', /* inode, offset: the size */
	OP_WRITE = 'W',	   /* inode, offset, bytes */
	OP_SYNC = 'S',	   /* inode */
	OP_FOLDER = 'D',   /* a folder was synced: path */
	OP_RENAME = 'R',   /* path, NUL, path */
	OP_LINK = 'L',	   /* path, NUL, path */
	OP_UNLINK = 'U',   /* path */
	OP_COMMIT = 'M',   /* a commit returned: path of the database */
	OP_LAZY = 'N',	   /* the same, of one that did not wait for the disk */
};

struct record_head {
	uint64_t op, inode;
	int64_t offset, bytes;
};

static int log_fd = -1;
static char root[PATH_MAX];

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("P1_RECORD_LOG");
	const char *folder = getenv("P1_RECORD_ROOT");
	int fd;

	if (path == NULL || folder == NULL || realpath(folder, root) == NULL)
		return;
	fd = NEXT(open)(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	log_fd = fcntl(fd, F_DUPFD_CLOEXEC, LOG_FD);
	close(fd);
}

static void note(enum op op, uint64_t inode, int64_t offset, const void *p,
		 size_t n)
{
	struct record_head head = { (uint64_t)op, inode, offset, (int64_t)n };
	struct iovec parts[] = { { &head, sizeof(head) },
				 { (void *)(uintptr_t)p, n } };
	int before = errno;

	if (writev(log_fd, parts, 2) != (ssize_t)(sizeof(head) + n)) {
		fputs("record: the log cannot be written\n", stderr);
		abort();
	}
	errno = before;
}

static int is_ours(const char *path)
{
	size_t n = strlen(root), m = strlen(path);

	return log_fd >= 0 && strncmp(path, root, n) == 0 &&
	       (path[n] == '/' || path[n] == '\0') &&
	       (m < 4 || strcmp(path + m - 4, "-shm") != 0);
}

/* Resolve the folder of `path`, and keep the last name as it is. */
static int whole(char out[PATH_MAX], const char *path)
{
	char text[PATH_MAX], folder[PATH_MAX];
	char *slash;
	size_t n;

	if (log_fd < 0 || strlen(path) >= sizeof(text))
		return 0;
	strcpy(text, path);
	slash = strrchr(text, '/');
	if (slash != NULL)
		*slash = '\0';
	if (realpath(slash == NULL   ? "."
		     : slash == text ? "/"
				     : text,
		     folder) == NULL)
		return 0;
	n = (size_t)snprintf(out, PATH_MAX, "%s/%s", folder,
			     slash ? slash + 1 : text);
	return n < PATH_MAX && is_ours(out);
}

/*
 * Return the inode of one of our files, and its name in `path`; 0 for others.
 */
static uint64_t inode_of(int fd, char path[PATH_MAX])
{
	char link[64];
	struct stat st;
	ssize_t n;

	if (log_fd < 0 || fd == log_fd)
		return 0;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, PATH_MAX - 1);
	if (n <= 0)
		return 0;
	path[n] = '\0';
	return is_ours(path) && fstat(fd, &st) == 0 ? st.st_ino : 0;
}

static int after_open(int fd, const char *path, int flags, int was_there)
{
	char name[PATH_MAX];
	uint64_t inode = fd < 0 ? 0 : inode_of(fd, name);

	if (inode == 0 || !(flags & O_CREAT) || !whole(name, path))
		return fd;
	if (!was_there)
		note(OP_CREATE, inode, 0, name, strlen(name));
	else if (flags & O_TRUNC)
		note(OP_TRUNCATE, inode, 0, NULL, 0);
	return fd;
}

static int mode_of(va_list ap, int flags)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, int) : 0;
}

#define OPENS(name)                                                            \
	int name(const char *path, int flags, ...)                             \
	{                                                                      \
		int there = access(path, F_OK) == 0;                           \
		va_list ap;                                                    \
		int mode;                                                      \
                                                                               \
		va_start(ap, flags);                                           \
		mode = mode_of(ap, flags);                                     \
		va_end(ap);                                                    \
		return after_open(NEXT(name)(path, flags, mode), path, flags,  \
				  there);                                      \
	}
OPENS(open)
OPENS(open64)

static ssize_t after_write(int fd, const void *p, ssize_t n, int64_t at)
{
	char name[PATH_MAX];
	uint64_t inode = n > 0 ? inode_of(fd, name) : 0;

	if (inode != 0)
		note(OP_WRITE, inode, at < 0 ? lseek(fd, 0, SEEK_CUR) - n : at,
		     p, (size_t)n);
	return n;
}

ssize_t write(int fd, const void *p, size_t n)
{
	return after_write(fd, p, NEXT(write)(fd, p, n), -1);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
	return after_write(fd, p, NEXT(pwrite)(fd, p, n, at), at);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	return after_write(fd, p, NEXT(pwrite64)(fd, p, n, at), at);
}

static int after_change(int fd, int rc, enum op op, int64_t size)
{
	char name[PATH_MAX];
	uint64_t inode = rc == 0 ? inode_of(fd, name) : 0;
	struct stat st;

	if (inode == 0)
		return rc;
	if (op == OP_SYNC && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
		note(OP_FOLDER, inode, 0, name, strlen(name));
	else
		note(op, inode, size, NULL, 0);
	return rc;
}

int ftruncate(int fd, off_t size)
{
	return after_change(fd, NEXT(ftruncate)(fd, size), OP_TRUNCATE, size);
}

int ftruncate64(int fd, off64_t size)
{
	return after_change(fd, NEXT(ftruncate64)(fd, size), OP_TRUNCATE, size);
}

int fsync(int fd)
{
	return after_change(fd, NEXT(fsync)(fd), OP_SYNC, 0);
}

int fdatasync(int fd)
{
	return after_change(fd, NEXT(fdatasync)(fd), OP_SYNC, 0);
}

static int after_naming(int rc, enum op op, const char *from, const char *to)
{
	char names[2 * PATH_MAX];
	size_t n;

	if (rc != 0 || !whole(names, from))
		return rc;
	n = strlen(names);
	if (to != NULL && whole(names + n + 1, to))
		n += 1 + strlen(names + n + 1);
	note(op, 0, 0, names, n);
	return rc;
}

int rename(const char *from, const char *to)
{
	return after_naming(NEXT(rename)(from, to), OP_RENAME, from, to);
}

int link(const char *from, const char *to)
{
	return after_naming(NEXT(link)(from, to), OP_LINK, from, to);
}

int unlink(const char *path)
{
	return after_naming(NEXT(unlink)(path), OP_UNLINK, path, NULL);
}

/* The path of a name in an open folder; "" if unknown. */
static const char *at_path(char out[PATH_MAX], int folder, const char *name)
{
	char link[64];
	ssize_t n = -1;

	if (folder == AT_FDCWD || name[0] == '/')
		return name;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", folder);
	n = readlink(link, out, PATH_MAX - 1);
	if (n < 0 || snprintf(out + n, PATH_MAX - (size_t)n, "/%s", name) >=
			     PATH_MAX - n)
		return "";
	return out;
}

#define OPENS_AT(name)                                                         \
	int name(int at, const char *path, int flags, ...)                     \
	{                                                                      \
		int there = faccessat(at, path, F_OK, 0) == 0;                 \
		char all[PATH_MAX];                                            \
		va_list ap;                                                    \
		int mode;                                                      \
                                                                               \
		va_start(ap, flags);                                           \
		mode = mode_of(ap, flags);                                     \
		va_end(ap);                                                    \
		return after_open(NEXT(name)(at, path, flags, mode),           \
				  at_path(all, at, path), flags, there);       \
	}
OPENS_AT(openat)
OPENS_AT(openat64)

int renameat(int at_from, const char *from, int at_to, const char *to)
{
	char all_from[PATH_MAX], all_to[PATH_MAX];

	return after_naming(NEXT(renameat)(at_from, from, at_to, to), OP_RENAME,
			    at_path(all_from, at_from, from),
			    at_path(all_to, at_to, to));
}

int unlinkat(int at, const char *path, int flags)
{
	char all[PATH_MAX];

	return after_naming(NEXT(unlinkat)(at, path, flags), OP_UNLINK,
			    at_path(all, at, path), NULL);
}

/* Does this connection not wait for the disk from now on? */
static int is_lazy(const char *sql)
{
	static int lazy;

	if (sql != NULL && strncmp(sql, "PRAGMA synchronous", 18) == 0)
		lazy = strstr(sql, "NORMAL") != NULL;
	return lazy;
}

/* Can others see the work of this statement now? */
static int has_committed(sqlite3_stmt *s)
{
	const char *sql = sqlite3_sql(s);

	return sqlite3_get_autocommit(sqlite3_db_handle(s)) &&
	       (!sqlite3_stmt_readonly(s) ||
		(sql != NULL && strncmp(sql, "COMMIT", 6) == 0));
}

int sqlite3_step(sqlite3_stmt *s)
{
	int rc = NEXT(sqlite3_step)(s);
	const int lazy = is_lazy(sqlite3_sql(s));
	const char *path;

	if (log_fd < 0 || rc != SQLITE_DONE || !has_committed(s))
		return rc;
	path = sqlite3_db_filename(sqlite3_db_handle(s), "main");
	if (path != NULL && is_ours(path))
		note(lazy ? OP_LAZY : OP_COMMIT, 0, 0, path, strlen(path));
	return rc;
}
