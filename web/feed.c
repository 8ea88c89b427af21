#include "web/feed.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "web/web.h"

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
		return err_set(e, ERR_BUSY, "%s: another program listens on it",
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

int feed_open(const char *path, struct err *e)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd, rc;

	if (strlen(path) >= sizeof(at.sun_path))
		return err_set(e, ERR_CONFIG, "%s: too long for a socket",
			       path);
	memcpy(at.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_errno(e, ERR_FAILED, "making a socket");
	rc = take_name(fd, &at, e);
	if (rc == 0)
		return fd;
	close(fd);
	return rc;
}

void feed_close(int fd, const char *path)
{
	if (fd < 0)
		return;
	close(fd);
	unlink(path);
}

/* A JSON line as p1logger sends it: nothing else goes out to browsers. */
static bool is_line(const char *p, size_t n)
{
	if (n < 2 || p[0] != '{' || p[n - 1] != '}')
		return false;
	for (size_t i = 0; i < n; i++)
		if (p[i] < ' ' || p[i] > '~')
			return false;
	return true;
}

int feed_take(int fd, struct web *w)
{
	char buf[JSON_MAX];
	ssize_t n;
	int taken = 0;

	while ((n = recv(fd, buf, sizeof(buf), MSG_DONTWAIT)) >= 0) {
		if (!is_line(buf, (size_t)n))
			continue;
		memcpy(w->line, buf, (size_t)n);
		w->line_n = (size_t)n;
		w->line_ms = clock_monotonic_ms(w->clock);
		w->readings++;
		taken++;
	}
	return taken;
}
