/*
 * Send the raw, verified telegrams to every connected TCP client, like ser2net.
 * Input from clients is ignored. A client whose socket is full is dozens of
 * telegrams behind: it is dropped and may reconnect.
 */
#define _GNU_SOURCE /* accept4 */
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "forward/endpoint.h"
#include "forward/output.h"
#include "forward/outputs.h"

enum {
	CLIENTS = 16,
	BACKLOG = 8,
	RETRY_MS = 60000,   /* retry interval for a port in use */
	BUFFER = 64 * 1024, /* send buffer per client */
	GONE_MS = 60000,    /* after this, a silent machine is gone */
};

struct rebroadcast {
	struct output *o;
	struct endpoint at;
	int listener; /* -1: not open */
	size_t n;
	int client[CLIENTS];
};

static bool wanted(const struct outputs_settings *s)
{
	return s->tcp.listen[0] != '\0';
}

static void *open_output(struct output *o, const struct outputs_settings *s,
			 struct err *e)
{
	struct rebroadcast *b = output_alloc(sizeof(*b), e);

	if (b == NULL)
		return NULL;
	b->o = o;
	b->listener = -1;
	if (endpoint_parse(s->tcp.listen, &b->at, e) == 0)
		return b;
	err_while(e, "listen");
	free(b);
	return NULL;
}

static void set(int fd, int level, int option, int value)
{
	setsockopt(fd, level, option, &value, sizeof(value));
}

static void stop_listening(struct rebroadcast *b)
{
	if (b->listener < 0)
		return;
	output_unwatch(b->o, b->listener);
	close(b->listener);
	b->listener = -1;
}

static bool begin_listening(struct rebroadcast *b)
{
	b->listener = socket(b->at.address.ss_family,
			     SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (b->listener < 0)
		return false;
	set(b->listener, SOL_SOCKET, SO_REUSEADDR, 1);
	return bind(b->listener, (struct sockaddr *)&b->at.address,
		    b->at.length) == 0 &&
	       listen(b->listener, BACKLOG) == 0 &&
	       output_watch(b->o, b->listener);
}

static int64_t tick(void *self, int64_t now_ms)
{
	struct rebroadcast *b = self;

	if (b->listener >= 0 || begin_listening(b))
		return INT64_MAX;
	output_trouble(b->o, "listening on %s: %s", b->at.text,
		       strerror(errno));
	stop_listening(b);
	return now_ms + RETRY_MS;
}

static void drop(struct rebroadcast *b, size_t i)
{
	close(b->client[i]);
	b->client[i] = b->client[--b->n];
}

/* A lost client is noticed when sending, or here. */
static void drop_closed(struct rebroadcast *b)
{
	for (size_t i = b->n; i-- > 0;) {
		char byte;

		if (recv(b->client[i], &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
			drop(b, i);
	}
}

static void take(struct rebroadcast *b, int fd)
{
	if (b->n == CLIENTS)
		drop_closed(b);
	if (b->n == CLIENTS) {
		output_trouble(b->o, "more than %d clients; one was refused",
			       CLIENTS);
		close(fd);
		return;
	}
	set(fd, SOL_SOCKET, SO_SNDBUF, BUFFER);
	set(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, GONE_MS);
	b->client[b->n++] = fd;
}

static void ready(void *self)
{
	struct rebroadcast *b = self;
	int fd = accept4(b->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd >= 0) {
		take(b, fd);
		return;
	}
	if (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED)
		return;
	output_trouble(b->o, "accepting a client on %s: %s", b->at.text,
		       strerror(errno));
	stop_listening(b);
	b->o->due_ms = clock_monotonic_ms(b->o->clock) + RETRY_MS;
}

static void reading(void *self, const struct live *live)
{
	struct rebroadcast *b = self;
	struct span raw = live->reading->raw;

	for (size_t i = b->n; i-- > 0;) {
		ssize_t n = send(b->client[i], raw.p, raw.n,
				 MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n == (ssize_t)raw.n)
			continue;
		if (n >= 0 || errno == EAGAIN)
			output_trouble(b->o, "dropped a client that is too "
					     "slow");
		drop(b, i);
	}
}

static bool connected(void *self)
{
	const struct rebroadcast *b = self;

	return b->listener >= 0;
}

static void shut(void *self)
{
	struct rebroadcast *b = self;

	stop_listening(b);
	while (b->n > 0)
		drop(b, 0);
	free(b);
}

const struct output_ops rebroadcast_ops = {
	.name = "tcp",
	.telegrams = true,
	.wanted = wanted,
	.open = open_output,
	.reading = reading,
	.connected = connected,
	.tick = tick,
	.ready = ready,
	.close = shut,
};
