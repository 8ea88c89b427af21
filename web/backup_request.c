#include "web/backup_request.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { WAIT_MS = 600000 }; /* enough for a large database on a slow card */

static int connect_to(const char *path, struct err *e)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd;

	if (*path == '\0' || strlen(path) >= sizeof(at.sun_path))
		return err_set(e, ERR_CONFIG, "[backup] socket is off");
	memcpy(at.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_errno(e, ERR_FAILED, "creating a socket");
	if (connect(fd, (const struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	if (errno == ENOENT || errno == ECONNREFUSED)
		err_set(e, ERR_ABSENT,
			"the service is not running, or has no "
			"[backup] folder");
	else
		err_errno(e, ERR_FAILED, "asking the service");
	close(fd);
	return e->code;
}

static int ask(const struct job_how *how, struct job *l, struct err *e)
{
	int fd = connect_to(how->requests, e);

	if (fd < 0)
		return fd;
	l->fd = fd;
	if (send(fd, l->key, strlen(l->key), MSG_NOSIGNAL) >= 0)
		return 0;
	err_errno(e, ERR_FAILED, "asking the service");
	close(fd);
	return e->code;
}

/* The digits after the first `mark`; empty if there are none. */
static struct span digits_behind(struct span text, struct span mark)
{
	size_t n = 0;

	while (text.n > 0 && !span_starts(text, mark))
		text = span_skip(text, 1);
	text = text.n > 0 ? span_skip(text, mark.n) : text;
	while (n < text.n && isdigit((unsigned char)text.p[n]))
		n++;
	return (struct span){ text.p, n };
}

int backup_request_write(struct span answer, const char *key, const char *name,
			 FILE *out, struct err *e)
{
	struct span number;
	char mark[32];

	snprintf(mark, sizeof(mark), "\"%s\":", key);
	number = digits_behind(answer, span_of(mark));
	if (number.n == 0)
		return err_set(e, ERR_FORMAT,
			       "the response of p1logger has no \"%s\"", key);
	fprintf(out, "{\"%s\":%.*s,%.*s", name, SPAN_ARG(number),
		SPAN_ARG(span_skip(answer, 1)));
	return 0;
}

const struct job_kind backup_request_backup = {
	.type = "application/json",
	.magic = "{",
	.wait_ms = WAIT_MS,
	.begin = ask,
};

const struct job_kind backup_request_check = {
	.type = "application/json",
	.magic = "{",
	.wait_ms = WAIT_MS,
	.begin = ask,
};
