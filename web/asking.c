#include "web/asking.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { WAIT_MS = 600000 }; /* a large database on a slow card */

static int connect_to(const char *path, struct err *e)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd;

	if (*path == '\0' || strlen(path) >= sizeof(at.sun_path))
		return err_set(e, ERR_CONFIG, "[backup] socket is off");
	memcpy(at.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_errno(e, ERR_FAILED, "making a socket");
	if (connect(fd, (const struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	if (errno == ENOENT || errno == ECONNREFUSED)
		err_set(e, ERR_ABSENT,
			"the service does not run, or has no "
			"[backup] folder");
	else
		err_errno(e, ERR_FAILED, "asking the service");
	close(fd);
	return e->code;
}

static int ask(const struct later_how *how, const char *key, pid_t *pid,
	       struct err *e)
{
	int fd = connect_to(how->requests, e);

	*pid = 0;
	if (fd >= 0 && send(fd, key, strlen(key), MSG_NOSIGNAL) < 0) {
		err_errno(e, ERR_FAILED, "asking the service");
		close(fd);
		return e->code;
	}
	return fd;
}

const struct later_kind asking_backup = {
	.type = "application/json",
	.magic = "{",
	.wait_ms = WAIT_MS,
	.begin = ask,
};

const struct later_kind asking_check = {
	.type = "application/json",
	.magic = "{",
	.wait_ms = WAIT_MS,
	.begin = ask,
};
