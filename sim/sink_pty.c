#define _GNU_SOURCE /* ptsname_r */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/span.h"
#include "sim/sink.h"
#include "sim/sink_kind.h"
#include "sim/uart.h"

enum {
	LOOK_MS = 20,	/* interval of checking for a reader */
	REST_MS = 2000, /* longest wait for the last bytes to be read */
};

struct sink_pty {
	struct sink sink;
	int master;
	speed_t speed; /* speed of the wire; B0: any */
	bool had_reader;
	char slave[64];
};

static const struct {
	int baud;
	speed_t speed;
} speeds[] = {
	{ 300, B300 },	   { 1200, B1200 },   { 2400, B2400 },
	{ 4800, B4800 },   { 9600, B9600 },   { 19200, B19200 },
	{ 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
};

static speed_t speed_of(int baud)
{
	for (size_t i = 0; i < COUNT(speeds); i++)
		if (speeds[i].baud == baud)
			return speeds[i].speed;
	return B0;
}

/* Discard unread output. */
static void forget(const struct sink_pty *p)
{
	int slave = open(p->slave, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	if (slave < 0)
		return;
	tcflush(slave, TCIFLUSH);
	close(slave);
}

/* Has anyone opened the slave? Old output is hidden from a new reader. */
static bool has_reader(struct sink_pty *p)
{
	struct pollfd fd = { .fd = p->master };
	bool there = poll(&fd, 1, 0) >= 0 && !(fd.revents & POLLHUP);

	if (!there && p->had_reader)
		forget(p);
	p->had_reader = there;
	return there;
}

static bool same_speed(const struct sink_pty *p)
{
	struct termios t;

	return p->speed == B0 || tcgetattr(p->master, &t) < 0 ||
	       cfgetospeed(&t) == p->speed;
}

/* What a receiver at another speed makes of the bits. */
static void garble(const char *bytes, size_t n, char *out)
{
	static const char seen[] = "\x00\xff\x80\xf8\x00\xfe\x1c\xe0";

	for (size_t i = 0; i < n; i++)
		out[i] = seen[((unsigned char)bytes[i] * 5 >> 2) & 7];
}

/* Like sink_send, for bytes as seen by the reader. */
static int pass_on(struct sink_pty *p, const char *bytes, size_t n, bool wait,
		   int stop, struct err *e)
{
	while (n > 0) {
		ssize_t done;

		if (!has_reader(p)) {
			if (!wait)
				return 1;
			if (sink_wait(-1, 0, stop, LOOK_MS) < 0)
				return 0;
			continue;
		}
		done = write(p->master, bytes, n);
		if (done < 0 && errno != EAGAIN && errno != EINTR)
			return err_errno(e, ERR_IO, "writing %s", p->sink.name);
		if (done < 0 && !wait)
			return 1;
		if (done < 0 &&
		    sink_wait(p->master, POLLOUT, stop, LOOK_MS) < 0)
			return 0;
		if (done > 0) {
			bytes += done;
			n -= (size_t)done;
		}
	}
	return 1;
}

static int send_pty(struct sink *s, const char *bytes, size_t n, bool wait,
		    int stop, struct err *e)
{
	struct sink_pty *p = (struct sink_pty *)s;
	char other[256];
	size_t some;
	int rc = 1;

	for (; rc > 0 && n > 0; bytes += some, n -= some) {
		some = n < sizeof(other) ? n : sizeof(other);
		if (same_speed(p)) {
			rc = pass_on(p, bytes, some, wait, stop, e);
			continue;
		}
		garble(bytes, some, other);
		rc = pass_on(p, other, some, wait, stop, e);
	}
	return rc;
}

/* Closing the master discards unread output: wait for the reader. */
static void let_read(struct sink_pty *p)
{
	int slave = open(p->slave, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	int unread = 1;

	if (slave < 0)
		return;
	for (int ms = 0; unread > 0 && ms < REST_MS; ms += LOOK_MS) {
		sink_wait(-1, 0, -1, LOOK_MS);
		if (ioctl(slave, FIONREAD, &unread) < 0)
			break;
	}
	close(slave);
}

/* Another process may have replaced the link. */
static void remove_link(const struct sink_pty *p)
{
	char to[sizeof(p->slave)];
	ssize_t n = readlink(p->sink.name, to, sizeof(to));

	if (n > 0 && (size_t)n == strlen(p->slave) &&
	    memcmp(to, p->slave, (size_t)n) == 0)
		unlink(p->sink.name);
}

static int close_pty(struct sink *s, struct err *e)
{
	struct sink_pty *p = (struct sink_pty *)s;

	(void)e;
	if (p->master >= 0) {
		if (has_reader(p))
			let_read(p);
		close(p->master);
	}
	remove_link(p);
	free(p);
	return 0;
}

static bool setting_pty(struct sink *s, struct uart_setting *out)
{
	struct sink_pty *p = (struct sink_pty *)s;
	struct termios t;

	if (tcgetattr(p->master, &t) < 0)
		return false;
	for (size_t i = 0; i < COUNT(speeds); i++) {
		if (speeds[i].speed != cfgetospeed(&t))
			continue;
		out->baud = speeds[i].baud;
		out->even = (t.c_iflag & INPCK) != 0;
		out->bits = out->even ? 7 : 8;
		return true;
	}
	return false;
}

static const struct sink_kind kind = { send_pty, NULL, close_pty, setting_pty };

/* Set raw mode and the wire's speed, for readers that change nothing. */
static int make_raw(const struct sink_pty *p, int baud)
{
	int slave = open(p->slave, O_RDWR | O_NOCTTY | O_CLOEXEC);
	struct termios t;
	int rc;

	if (slave < 0)
		return -1;
	rc = tcgetattr(slave, &t);
	cfmakeraw(&t);
	cfsetspeed(&t, baud > 0 ? p->speed : B115200);
	rc = rc < 0 ? rc : tcsetattr(slave, TCSANOW, &t);
	close(slave);
	return rc;
}

/* Create a symbolic link at `path` atomically, replacing an older one. */
static int place_link(struct sink_pty *p, const char *path, struct err *e)
{
	char fresh[SINK_NAME + 16];
	struct stat st;

	if (strlen(path) >= SINK_NAME)
		return err_set(e, ERR_USAGE, "%s: the name is too long", path);
	if (lstat(path, &st) == 0 && !S_ISLNK(st.st_mode))
		return err_set(e, ERR_CREATE, "%s already exists", path);
	snprintf(fresh, sizeof(fresh), "%s.%ld", path, (long)getpid());
	if (symlink(p->slave, fresh) < 0)
		return err_errno(e, ERR_CREATE, "creating %s", path);
	if (rename(fresh, path) < 0) {
		err_errno(e, ERR_CREATE, "creating %s", path);
		unlink(fresh);
		return e->code;
	}
	snprintf(p->sink.name, SINK_NAME, "%s", path);
	return 0;
}

struct sink *sink_pty(const char *link, int baud, struct err *e)
{
	struct sink_pty *p = calloc(1, sizeof(*p));

	if (p == NULL) {
		err_memory(e);
		return NULL;
	}
	p->sink = (struct sink){ .kind = &kind, .fd = -1 };
	p->speed = speed_of(baud);
	p->master = posix_openpt(O_RDWR | O_NOCTTY);
	if (p->master < 0 || grantpt(p->master) < 0 ||
	    unlockpt(p->master) < 0 ||
	    ptsname_r(p->master, p->slave, sizeof(p->slave)) != 0 ||
	    fcntl(p->master, F_SETFL, O_NONBLOCK) < 0 ||
	    fcntl(p->master, F_SETFD, FD_CLOEXEC) < 0 ||
	    make_raw(p, baud) < 0) {
		err_errno(e, ERR_CREATE, "creating a pseudo terminal");
		goto fail;
	}
	if (place_link(p, link, e) < 0)
		goto fail;
	return &p->sink;
fail:
	sink_close(&p->sink, e);
	return NULL;
}
