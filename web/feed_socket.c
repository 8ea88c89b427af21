#define _GNU_SOURCE /* struct ucred */
#include "web/feed_socket.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file_owner.h"
#include "base/log.h"
#include "base/utc.h"
#include "telegram/json_check.h"
#include "telegram/plausible_time.h"
#include "web/handler_data.h"

static int is_heard(int fd, const struct sockaddr_un *at)
{
	return connect(fd, (const struct sockaddr *)at, sizeof(*at)) == 0;
}

static int take_name(int fd, const struct sockaddr_un *at, struct err *e)
{
	int probe = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool heard = probe >= 0 && is_heard(probe, at);
	struct stat st;
	mode_t mask;
	int rc;

	if (probe >= 0)
		close(probe);
	if (heard)
		return err_set(e, ERR_BUSY,
			       "%s is in use: is another p1web running?",
			       at->sun_path);
	if (lstat(at->sun_path, &st) == 0 && S_ISSOCK(st.st_mode))
		unlink(at->sun_path);
	mask = umask(0117);
	rc = bind(fd, (const struct sockaddr *)at, sizeof(*at));
	umask(mask);
	if (rc < 0)
		return err_errno(e,
				 errno == EACCES ? ERR_PERMISSION : ERR_CREATE,
				 "%s", at->sun_path);
	return 0;
}

int feed_socket_open(const char *path, struct err *e)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int on = 1, fd, rc;

	if (strlen(path) >= sizeof(at.sun_path))
		return err_set(e, ERR_CONFIG,
			       "%s: the path is too long for a socket", path);
	memcpy(at.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_errno(e, ERR_FAILED, "creating a socket");
	/* Before bind(): every datagram must carry its sender. */
	if (setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) < 0)
		rc = err_errno(e, ERR_FAILED, "the feed's socket");
	else
		rc = take_name(fd, &at, e);
	if (rc == 0)
		return fd;
	close(fd);
	return rc;
}

void feed_socket_close(int fd, const char *path)
{
	if (fd < 0)
		return;
	close(fd);
	unlink(path);
}

enum { AT_ONCE = 64 }; /* datagrams per turn of the loop */

/* Get the sender from the kernel. Returns false if it is unknown. */
static bool sender(struct msghdr *m, uid_t *user)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL;
	     c = CMSG_NXTHDR(m, c)) {
		struct ucred who;

		if (c->cmsg_level != SOL_SOCKET ||
		    c->cmsg_type != SCM_CREDENTIALS)
			continue;
		memcpy(&who, CMSG_DATA(c), sizeof(who));
		*user = who.uid;
		return true;
	}
	return false;
}

static void say_foreign(struct handler_data *w, long user)
{
	int64_t n = log_burst_count(&w->foreign, clock_monotonic_ms(w->clock),
				    HOUR_MS);

	if (n > 0)
		log_line(w->log, LOG_LEVEL_WARNING,
			 "the feed accepts readings from the owner of %s only: "
			 "%" PRId64 " from user %ld refused",
			 w->database, n, user);
}

/* Only a user who may write the database may decide what the page shows. */
static bool is_from_logger(struct handler_data *w, struct msghdr *m)
{
	uid_t user = 0;
	bool known = sender(m, &user);

	if (known && file_owner_is(w->database, user))
		return true;
	say_foreign(w, known ? (long)user : -1);
	return false;
}

/* Only lines written by p1logger go out to browsers. */
static bool is_line(const struct handler_data *w, struct span line)
{
	struct known_time k = { .now = clock_utc(w->clock),
				.synchronised = clock_synchronised(w->clock) };
	int64_t utc;

	if (!json_check(line, &utc))
		return false;
	k.newest = utc; /* it may be right while this clock is not */
	return utc == INT64_MIN || plausible_time(&k, utc);
}

/*
 * Read the next datagram into buf. Returns its length, or -1 if there is none.
 */
static ssize_t take_one(int fd, char *buf, size_t size, struct handler_data *w)
{
	union {
		struct cmsghdr align;
		char space[CMSG_SPACE(sizeof(struct ucred))];
	} control;
	struct iovec to = { buf, size };
	struct msghdr m = { .msg_iov = &to,
			    .msg_iovlen = 1,
			    .msg_control = &control,
			    .msg_controllen = sizeof(control) };
	ssize_t n = recvmsg(fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);

	if (n < 0)
		return n;
	return (m.msg_flags & MSG_TRUNC) == 0 && is_from_logger(w, &m) ? n : 0;
}

/* The line of a reading, the service's state below it, or both. */
static bool take_text(struct handler_data *w, struct span text)
{
	struct span line = span_take(&text, '\n');

	if (text.n > 0) {
		service_state_read(&w->state, text);
		w->state_ms = clock_monotonic_ms(w->clock);
		w->stated = true;
	}
	if (line.n >= sizeof(w->line) || !is_line(w, line))
		return false;
	memcpy(w->line, line.p, line.n);
	w->line[line.n] = '\0';
	w->line_n = line.n;
	w->line_ms = clock_monotonic_ms(w->clock);
	w->readings++;
	return true;
}

int feed_socket_take(int fd, struct handler_data *w)
{
	char buf[JSON_MAX + SERVICE_STATE_TEXT];
	ssize_t n;
	int taken = 0;

	for (int i = 0; i < AT_ONCE; i++) {
		n = take_one(fd, buf, sizeof(buf), w);
		if (n < 0)
			break;
		taken += take_text(w, (struct span){ buf, (size_t)n });
	}
	return taken;
}
