/*
 * Preloaded under tests: make a pseudo terminal look like a serial port, so
 * that the real libserialport opens it. A pty lacks three things: an entry in
 * /sys/class/tty, modem lines and parity. These calls are answered here, for
 * ptys only.
 *
 * When P1_SHIM_LINES names a file, the modem lines that are up are written to
 * it at each change: "DTR RTS".
 *
 * When P1_SHIM_RTS is "stuck", RTS stays down whatever is set. Since a meter
 * without a request sends nothing, input in the meantime is never read.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

#define PTS_IN_SYS "/sys/class/tty/pts/"
#define PTS_TARGET "../../devices/virtual/tty/pts"

enum { PTY_MAJOR_FIRST = 136, PTY_MAJOR_LAST = 143 };

static int lines; /* TIOCM_ bits that are up */

int __lxstat(int version, const char *path, struct stat *st);

static void tell(void)
{
	const char *path = getenv("P1_SHIM_LINES");
	FILE *f = path ? fopen(path, "w") : NULL;

	if (f == NULL)
		return;
	fprintf(f, "%s%s\n", lines & TIOCM_DTR ? "DTR " : "",
		lines & TIOCM_RTS ? "RTS" : "");
	fclose(f);
}

static int is_stuck(void)
{
	const char *how = getenv("P1_SHIM_RTS");

	return how != NULL && strcmp(how, "stuck") == 0;
}

static int is_pty(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISCHR(st.st_mode) &&
	       major(st.st_rdev) >= PTY_MAJOR_FIRST &&
	       major(st.st_rdev) <= PTY_MAJOR_LAST;
}

static int pretend_link(const char *path, struct stat *st)
{
	(void)path;
	memset(st, 0, sizeof(*st));
	st->st_mode = S_IFLNK | 0777;
	return 0;
}

int lstat(const char *path, struct stat *st)
{
	int (*next)(const char *, struct stat *) =
		(int (*)(const char *, struct stat *))dlsym(RTLD_NEXT, "lstat");

	if (strncmp(path, PTS_IN_SYS, strlen(PTS_IN_SYS)) == 0)
		return pretend_link(path, st);
	return next(path, st);
}

/* The name of lstat before glibc 2.33, which libserialport still calls. */
int __lxstat(int version, const char *path, struct stat *st)
{
	(void)version;
	return lstat(path, st);
}

ssize_t readlink(const char *path, char *buf, size_t size)
{
	ssize_t (*next)(const char *, char *, size_t) =
		(ssize_t(*)(const char *, char *, size_t))dlsym(RTLD_NEXT,
								"readlink");
	size_t n = strlen(PTS_TARGET);

	if (strncmp(path, PTS_IN_SYS, strlen(PTS_IN_SYS)) != 0)
		return next(path, buf, size);
	memcpy(buf, PTS_TARGET, n < size ? n : size);
	return (ssize_t)(n < size ? n : size);
}

/*
 * glibc returns EINVAL if no part of the request took effect, as with parity on
 * a pty.
 */
int tcsetattr(int fd, int when, const struct termios *t)
{
	int (*next)(int, int, const struct termios *) =
		(int (*)(int, int, const struct termios *))dlsym(RTLD_NEXT,
								 "tcsetattr");
	int rc = next(fd, when, t);

	return rc < 0 && errno == EINVAL && is_pty(fd) ? 0 : rc;
}

int ioctl(int fd, unsigned long request, ...)
{
	int (*next)(int, unsigned long, ...) =
		(int (*)(int, unsigned long, ...))dlsym(RTLD_NEXT, "ioctl");
	va_list ap;
	void *arg;

	va_start(ap, request);
	arg = va_arg(ap, void *);
	va_end(ap);
	if ((request != TIOCMGET && request != TIOCMSET &&
	     request != TIOCMBIS && request != TIOCMBIC) ||
	    !is_pty(fd))
		return next(fd, request, arg);
	if (request == TIOCMGET)
		*(int *)arg = lines;
	else if (request == TIOCMSET)
		lines = *(int *)arg;
	else if (request == TIOCMBIS)
		lines |= *(int *)arg;
	else
		lines &= ~*(int *)arg;
	if (is_stuck())
		lines &= ~TIOCM_RTS;
	if (request != TIOCMGET)
		tell();
	return 0;
}

ssize_t read(int fd, void *buf, size_t size)
{
	ssize_t (*next)(int, void *, size_t) =
		(ssize_t(*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
	ssize_t n = next(fd, buf, size);

	if (n <= 0 || !is_stuck() || !is_pty(fd))
		return n;
	errno = EAGAIN;
	return -1;
}
