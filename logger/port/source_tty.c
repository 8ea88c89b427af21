/*
 * A serial port or other terminal: opened by its real path, claimed so that no
 * second program takes half of the bytes, read as a plain descriptor.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "logger/port/holder.h"
#include "logger/port/serial.h"
#include "logger/port/source.h"
#include "logger/port/source_kind.h"

static const char *user_name(void)
{
	const struct passwd *p = getpwuid(geteuid());

	return p != NULL ? p->pw_name : "this user";
}

/* Name the group with access, usually dialout. */
static int forbidden(const char *device, struct err *e)
{
	struct stat st;
	const struct group *g;

	if (stat(device, &st) == 0 && st.st_gid != 0 &&
	    (st.st_mode & S_IRGRP) && (g = getgrgid(st.st_gid)) != NULL)
		return err_set(e, ERR_PERMISSION,
			       "cannot open %s: add the user %s to group %s",
			       device, user_name(), g->gr_name);
	return err_set(e, ERR_PERMISSION,
		       "cannot open %s: it belongs to another user; udev makes "
		       "ports accessible to the group dialout",
		       device);
}

static int held(const char *device, struct err *e)
{
	char by[HOLDER_TEXT];

	if (holder_of_lock(device, by) || holder_of_device(device, by))
		return err_set(e, ERR_BUSY, "%s is in use by %s", device, by);
	return err_set(e, ERR_BUSY, "%s is in use by another program", device);
}

static int absent(const char *device, struct err *e)
{
	char meant[SOURCE_MEANT];

	if (source_lacks_scheme(device, meant))
		return err_set(e, ERR_ABSENT,
			       "%s does not exist; did you mean %s?", device,
			       meant);
	return err_set(e, ERR_ABSENT, "%s does not exist%s", device,
		       strncmp(device, "/dev/", 5) == 0
			       ? ": is the cable plugged in?"
			       : "");
}

/* Add the device and the remedy to the system's message. */
static int explain(const char *device, int code, struct err *e)
{
	switch (code) {
	case ERR_PERMISSION:
		return forbidden(device, e);
	case ERR_BUSY:
		return held(device, e);
	case ERR_ABSENT:
		return absent(device, e);
	default:
		return err_while(e, "opening %s", device);
	}
}

static int open_plain(struct source *s, const char *device, struct err *e)
{
	s->fd = open(device, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (s->fd >= 0 && isatty(s->fd))
		return 0;
	if (s->fd >= 0)
		return err_set(e, ERR_CONFIG, "%s is not a serial port",
			       device);
	switch (errno) {
	case EACCES:
	case EPERM:
		return explain(device, ERR_PERMISSION, e);
	case EBUSY:
		return explain(device, ERR_BUSY, e);
	case ENOENT:
	case ENODEV:
	case ENXIO:
	case EIO: /* a pty whose other side is gone */
		return explain(device, ERR_ABSENT, e);
	default:
		return err_errno(e, ERR_IO, "opening %s", device);
	}
}

/*
 * Lock first: TIOCEXCL set on another program's terminal would persist. A port
 * that another program opened without either would share our bytes. The creator
 * of a pty may keep our end open as well: for a pty, that proves nothing, and
 * TIOCEXCL would outlive a killed p1logger.
 */
static int claim(int fd, const char *device, struct err *e)
{
	char by[HOLDER_TEXT];

	if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		return held(device, e);
	if (strncmp(device, "/dev/pts/", 9) == 0)
		return 0;
	if (holder_of_device(device, by))
		return err_set(e, ERR_BUSY, "%s is in use by %s", device, by);
	ioctl(fd, TIOCEXCL);
	return 0;
}

static int tty_open(struct source *s, const char *text, struct err *e)
{
	char device[PATH_MAX];
	struct serial *serial = NULL;
	int rc;

	s->live = true;
	if (realpath(text, device) == NULL)
		return explain(
			text, errno == EACCES ? ERR_PERMISSION : ERR_ABSENT, e);
	rc = serial_open(device, &serial, e);
	if (rc < 0)
		return explain(device, rc, e);
	s->own = serial;
	if (serial != NULL)
		s->fd = serial_fd(serial);
	else if (open_plain(s, device, e) < 0)
		return e->code;
	fcntl(s->fd, F_SETFD, FD_CLOEXEC);
	return claim(s->fd, device, e);
}

static void tty_close(struct source *s)
{
	if (s->own != NULL)
		serial_close(s->own);
	else if (s->fd >= 0)
		close(s->fd);
}

static speed_t speed_of(int baud)
{
	static const struct {
		int baud;
		speed_t speed;
	} known[] = {
		{ 2400, B2400 },   { 4800, B4800 },   { 9600, B9600 },
		{ 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].baud == baud)
			return known[i].speed;
	return B115200;
}

static void set_plain(struct termios *t, const struct speed *to)
{
	cfmakeraw(t);
	cfsetspeed(t, speed_of(to->baud));
	t->c_cflag &= ~(tcflag_t)(CSIZE | PARENB | CSTOPB | CRTSCTS);
	t->c_cflag |= CLOCAL | CREAD | (to->bits == 7 ? CS7 : CS8);
	if (to->parity == 'E')
		t->c_cflag |= PARENB;
}

/*
 * With parity, a byte with a parity error is read as NUL (INPCK without
 * PARMRK), so that damaged digits are visible in telegrams without a CRC. VMIN
 * 1 distinguishes "no byte yet" from "hung up". EINVAL means a terminal without
 * parity, a pty.
 */
static int tty_set_speed(struct source *s, const struct speed *to,
			 struct err *e)
{
	struct termios t;

	if (s->own != NULL && serial_set(s->own, to, e) < 0)
		return err_while(e, "setting %s to", s->text);
	if (tcgetattr(s->fd, &t) < 0)
		return err_errno(e, ERR_IO, "setting %s", s->text);
	if (s->own == NULL)
		set_plain(&t, to);
	t.c_iflag &= ~(tcflag_t)(IGNPAR | PARMRK | INPCK | IGNBRK | BRKINT);
	if (to->parity == 'E')
		t.c_iflag |= INPCK;
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 0;
	if (tcsetattr(s->fd, TCSANOW, &t) < 0 && errno != EINVAL)
		return err_errno(e, ERR_IO, "setting %s", s->text);
	tcflush(s->fd, TCIFLUSH);
	return 0;
}

const struct source_kind source_tty = {
	.reopens = true,
	.has_speed = true,
	.open = tty_open,
	.read = source_read_fd,
	.set_speed = tty_set_speed,
	.close = tty_close,
};
