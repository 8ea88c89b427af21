/* Telegrams to the clients of a TCP port. */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fixed.h"
#include "base/span.h"
#include "sim/sink.h"
#include "sim/sink_kind.h"

enum { CLIENTS = 16, LOOK_MS = 20 };

struct sink_tcp {
	struct sink sink; /* .fd is the listening socket */
	int clients;
	int client[CLIENTS];
};

static void lose_client(struct sink_tcp *t, int i)
{
	close(t->client[i]);
	t->client[i] = t->client[--t->clients];
}

static void accept_client(struct sink *s)
{
	struct sink_tcp *t = (struct sink_tcp *)s;
	int fd = accept(t->sink.fd, NULL, NULL);

	if (fd < 0)
		return;
	if (t->clients == CLIENTS || fcntl(fd, F_SETFL, O_NONBLOCK) < 0 ||
	    fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
		close(fd);
		return;
	}
	t->client[t->clients++] = fd;
}

/* Returns 1: sent (or lost), 0: stopped, -1: the client is gone. */
static int send_client(int fd, const char *bytes, size_t n, bool wait, int stop)
{
	while (n > 0) {
		ssize_t done = send(fd, bytes, n, MSG_NOSIGNAL);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0 && errno != EAGAIN)
			return -1;
		if (done < 0 && !wait)
			return 1;
		if (done < 0 && sink_wait(fd, POLLOUT, stop, -1) < 0)
			return 0;
		if (done > 0) {
			bytes += done;
			n -= (size_t)done;
		}
	}
	return 1;
}

static int send_tcp(struct sink *s, const char *bytes, size_t n, bool wait,
		    int stop, struct err *e)
{
	struct sink_tcp *t = (struct sink_tcp *)s;

	(void)e;
	while (wait && t->clients == 0) {
		if (sink_wait(t->sink.fd, POLLIN, stop, -1) < 0)
			return 0;
		accept_client(s);
	}
	for (int i = t->clients - 1; i >= 0; i--) {
		int rc = send_client(t->client[i], bytes, n, wait, stop);

		if (rc < 0)
			lose_client(t, i);
		if (rc == 0)
			return 0;
	}
	return 1;
}

static int close_tcp(struct sink *s, struct err *e)
{
	struct sink_tcp *t = (struct sink_tcp *)s;

	(void)e;
	while (t->clients > 0) {
		shutdown(t->client[0], SHUT_WR);
		lose_client(t, 0);
	}
	if (t->sink.fd >= 0)
		close(t->sink.fd);
	free(t);
	return 0;
}

static const struct sink_kind kind = { send_tcp, accept_client, close_tcp,
				       NULL };

/* Split "[::1]:2001", "0.0.0.0:2001" or "2001"; NULL: this machine. */
static const char *cut_host(char *text, char **port)
{
	char *colon = strrchr(text, ':');

	*port = colon != NULL ? colon + 1 : text;
	if (colon == NULL)
		return "127.0.0.1";
	*colon = '\0';
	if (text[0] == '[' && colon > text && colon[-1] == ']') {
		colon[-1] = '\0';
		return text + 1;
	}
	return text;
}

/* getaddrinfo would read 99999 as 34463. */
static bool is_port(const char *text)
{
	int64_t v;

	return strchr(text, '.') == NULL && fixed_parse(span_of(text), 0, &v) &&
	       v <= UINT16_MAX;
}

static int listen_at(const struct addrinfo *a)
{
	int fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, 0);
	int yes = 1;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, 4) == 0 &&
	    fcntl(fd, F_SETFL, O_NONBLOCK) == 0)
		return fd;
	close(fd);
	return -1;
}

static void name_it(struct sink_tcp *t)
{
	struct sockaddr_storage at;
	socklen_t n = sizeof(at);
	char host[128] = "", port[16] = "";

	if (getsockname(t->sink.fd, (struct sockaddr *)&at, &n) == 0)
		getnameinfo((struct sockaddr *)&at, n, host, sizeof(host), port,
			    sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV);
	snprintf(t->sink.name, SINK_NAME,
		 at.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

struct sink *sink_tcp(const char *address, struct err *e)
{
	struct addrinfo want = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
				 .ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	struct sink_tcp *t = calloc(1, sizeof(*t));
	char text[128], *port;
	const char *host;

	snprintf(text, sizeof(text), "%s", address);
	host = cut_host(text, &port);
	if (t == NULL) {
		err_memory(e);
		return NULL;
	}
	t->sink = (struct sink){ .kind = &kind, .fd = -1 };
	if (!is_port(port) || getaddrinfo(host, port, &want, &found) != 0) {
		err_set(e, ERR_USAGE, "'%s' is not [ADDRESS:]PORT", address);
		goto fail;
	}
	t->sink.fd = listen_at(found);
	if (t->sink.fd < 0) {
		err_errno(e, ERR_CREATE, "listening on %s", address);
		goto fail;
	}
	freeaddrinfo(found);
	name_it(t);
	return &t->sink;
fail:
	if (found != NULL)
		freeaddrinfo(found);
	sink_close(&t->sink, e);
	return NULL;
}
