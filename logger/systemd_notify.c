#include "logger/systemd_notify.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { STATUS = 512 };

/* A name that starts with '@' is an abstract one, with a NUL in its place. */
static void notify(const char *state)
{
	const char *name = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	size_t n = name != NULL ? strlen(name) : 0;
	int fd;

	if (n == 0 || n >= sizeof(to.sun_path))
		return;
	memcpy(to.sun_path, name, n);
	if (name[0] == '@')
		to.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&to,
	       (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
	close(fd);
}

void systemd_notify_status(const char *line)
{
	char state[STATUS];

	snprintf(state, sizeof(state), "STATUS=%s", line);
	notify(state);
}

void systemd_notify_ready(void)
{
	notify("READY=1");
}

void systemd_notify_reloading(void)
{
	notify("RELOADING=1");
}

void systemd_notify_stopping(void)
{
	notify("STOPPING=1");
}

void systemd_notify_alive(void)
{
	notify("WATCHDOG=1");
}

void systemd_notify_busy(void)
{
	notify("EXTEND_TIMEOUT_USEC=600000000\nWATCHDOG=1");
}

/* Half of systemd's interval, as its manual advises. */
int64_t systemd_notify_period_ms(void)
{
	const char *text = getenv("WATCHDOG_USEC");
	const char *pid = getenv("WATCHDOG_PID");
	long long usec = text != NULL ? strtoll(text, NULL, 10) : 0;

	if (usec <= 0 || (pid != NULL && strtol(pid, NULL, 10) != getpid()))
		return 0;
	return usec < 2000 ? 1 : usec / 2000;
}
