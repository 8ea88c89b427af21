/*
 * tcp://host:port: ser2net, a P1 dongle, another p1logger. Connecting does not
 * block. Keepalive detects a server that vanished; the listener's own timeout
 * is shorter.
 */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "logger/port/source.h"
#include "logger/port/source_kind.h"

struct tcp {
	struct addrinfo *all;  /* addresses of the name */
	struct addrinfo *next; /* to try if the previous one fails */
};

/* Split "host:port" or "[host]:port" in place. */
static int cut_address(char *text, char **host, char **port)
{
	char *colon = strrchr(text, ':');
	size_t n;

	if (colon == NULL || colon == text || colon[1] == '\0')
		return -1;
	*colon = '\0';
	*host = text;
	*port = colon + 1;
	n = strlen(text);
	if (text[0] == '[' && text[n - 1] == ']') {
		text[n - 1] = '\0';
		*host = text + 1;
	}
	return strspn(*port, "0123456789") == strlen(*port) &&
			       atoi(*port) > 0 && atoi(*port) < 65536
		       ? 0
		       : -1;
}

static int not_of_the_form(const char *text, struct err *e)
{
	return err_set(e, ERR_CONFIG,
		       "%s: not of the form tcp://host:port, "
		       "port 1 to 65535",
		       text);
}

int tcp_check(const char *text, struct err *e)
{
	char *copy = strdup(text + strlen("tcp://"));
	char *host = NULL, *port = NULL;
	int rc = 0;

	if (copy == NULL)
		return err_memory(e);
	if (cut_address(copy, &host, &port) < 0)
		rc = not_of_the_form(text, e);
	free(copy);
	return rc;
}

static void set_option(int fd, int level, int name, int value)
{
	setsockopt(fd, level, name, &value, sizeof(value));
}

/* Three SYNs, 7 s; a connection is dead after a minute without a response. */
static void set_deadlines(int fd)
{
	set_option(fd, IPPROTO_TCP, TCP_SYNCNT, 2);
	set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
	set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, 15);
	set_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, 15);
	set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, 3);
}

/* Start connecting to the next possible address. */
static int connect_next(struct source *s, int cause, struct err *e)
{
	struct tcp *t = s->own;

	for (; t->next != NULL; t->next = t->next->ai_next) {
		const struct addrinfo *a = t->next;

		if (s->fd >= 0)
			close(s->fd);
		s->fd = socket(a->ai_family,
			       SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (s->fd < 0) {
			cause = errno;
			continue;
		}
		set_deadlines(s->fd);
		if (connect(s->fd, a->ai_addr, a->ai_addrlen) == 0 ||
		    errno == EINPROGRESS) {
			t->next = a->ai_next;
			s->events = POLLOUT;
			return 0;
		}
		cause = errno;
	}
	return err_set(e, ERR_ABSENT, "%s: %s", s->text, strerror(cause));
}

static int look_up(struct source *s, const char *host, const char *port,
		   struct err *e)
{
	const struct addrinfo hints = {
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICSERV,
	};
	struct tcp *t = s->own;
	int rc = getaddrinfo(host, port, &hints, &t->all);

	if (rc != 0)
		return err_set(e, ERR_ABSENT, "%s: %s", s->text,
			       gai_strerror(rc));
	t->next = t->all;
	return 0;
}

static int tcp_open(struct source *s, const char *text, struct err *e)
{
	char *copy = strdup(text + strlen("tcp://"));
	char *host = NULL, *port = NULL;
	int rc;

	s->live = true;
	s->own = calloc(1, sizeof(struct tcp));
	if (copy == NULL || s->own == NULL)
		rc = err_memory(e);
	else if (cut_address(copy, &host, &port) < 0)
		rc = not_of_the_form(text, e);
	else
		rc = look_up(s, host, port, e);
	free(copy);
	return rc < 0 ? rc : connect_next(s, 0, e);
}

/* Handle the result of connecting. */
static int finish_connect(struct source *s, struct err *e)
{
	struct pollfd now = { .fd = s->fd, .events = POLLOUT };
	int cause = 0;
	socklen_t n = sizeof(cause);

	if (poll(&now, 1, 0) == 0)
		return SOURCE_WAITS;
	if (getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &cause, &n) < 0)
		cause = errno;
	if (cause != 0)
		return connect_next(s, cause, e);
	s->events = POLLIN;
	return SOURCE_WAITS;
}

static int tcp_read(struct source *s, void *buf, size_t n, size_t *got,
		    struct err *e)
{
	if (s->events == POLLOUT)
		return finish_connect(s, e);
	return source_read_fd(s, buf, n, got, e);
}

static void tcp_close(struct source *s)
{
	struct tcp *t = s->own;

	if (s->fd >= 0)
		close(s->fd);
	if (t != NULL && t->all != NULL)
		freeaddrinfo(t->all);
	free(t);
}

const struct source_kind source_tcp = {
	.reopens = true,
	.open = tcp_open,
	.read = tcp_read,
	.close = tcp_close,
};
