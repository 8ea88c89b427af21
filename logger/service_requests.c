#include "logger/service_requests.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"

enum {
	LINE = 16,	    /* size of a request */
	PATIENCE_MS = 2000, /* for a client to send it */
};

struct requests {
	const struct requests_options *o;
	struct sockaddr_un at;
	int listening;
	int client;	  /* connection that has not sent its request; -1 if
			     none */
	int64_t until_ms; /* its deadline */
	char line[LINE];
	size_t n;
	pid_t at_work; /* 0 if none */
};

static int listen_at(struct requests *r, struct err *e)
{
	struct stat st;
	mode_t mask;
	int rc;

	if (lstat(r->at.sun_path, &st) == 0 && S_ISSOCK(st.st_mode))
		unlink(r->at.sun_path);
	r->listening =
		socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (r->listening < 0)
		return err_errno(e, ERR_FAILED, "creating a socket");
	mask = umask(0117);
	rc = bind(r->listening, (const struct sockaddr *)&r->at, sizeof(r->at));
	umask(mask);
	if (rc < 0 || listen(r->listening, 8) < 0)
		return err_errno(e, ERR_CREATE, "the socket %s",
				 r->at.sun_path);
	return 0;
}

struct requests *requests_open(const struct requests_options *o, struct err *e)
{
	struct requests *r = calloc(1, sizeof(*r));

	if (r == NULL) {
		err_memory(e);
		return NULL;
	}
	r->o = o;
	r->listening = r->client = -1;
	r->at.sun_family = AF_UNIX;
	if (strlen(o->socket) >= sizeof(r->at.sun_path)) {
		err_set(e, ERR_CONFIG, "%s: the path is too long for a socket",
			o->socket);
	} else {
		memcpy(r->at.sun_path, o->socket, strlen(o->socket));
		if (listen_at(r, e) == 0)
			return r;
	}
	requests_close(r);
	return NULL;
}

static void hang_up(struct requests *r)
{
	if (r->client >= 0)
		close(r->client);
	r->client = -1;
}

void requests_close(struct requests *r)
{
	int status;

	if (r == NULL)
		return;
	hang_up(r);
	if (r->at_work > 0) {
		kill(r->at_work, SIGTERM);
		while (waitpid(r->at_work, &status, 0) < 0 && errno == EINTR)
			;
	}
	if (r->listening >= 0) {
		close(r->listening);
		unlink(r->at.sun_path);
	}
	free(r);
}

static struct pollfd to_poll(const void *context)
{
	const struct requests *r = context;

	return (struct pollfd){
		.fd = r->client >= 0 ? r->client : r->listening,
		.events = POLLIN,
	};
}

static int64_t due(const void *context)
{
	const struct requests *r = context;

	return r->client >= 0 ? r->until_ms : INT64_MAX;
}

/*
 * Send the message in place of a response, whether or not the client reads it.
 */
static void refuse(struct requests *r, const char *sentence)
{
	send(r->client, sentence, strlen(sentence),
	     MSG_DONTWAIT | MSG_NOSIGNAL);
	hang_up(r);
}

static pid_t start(const struct requests *r, const char *what, struct err *e)
{
	const struct requests_options *o = r->o;
	const char *argv[10] = { "p1logger", "--json" };
	char keep[32];
	int n = 2;

	snprintf(keep, sizeof(keep), "--keep=%ld", o->keep);
	if (strcmp(what, "backup") == 0) {
		argv[n++] = "--backup";
		argv[n++] = o->folder;
		argv[n++] = keep;
	} else if (strcmp(what, "verify") == 0) {
		argv[n++] = "--verify";
		argv[n++] = "--last-backup";
	} else {
		return err_set(e, ERR_USAGE,
			       "the valid requests are backup and "
			       "verify");
	}
	if (o->config != NULL) {
		argv[n++] = "--config";
		argv[n++] = o->config;
	}
	return child_start(argv, r->client, e);
}

/* The request is complete: another p1logger takes over the connection. */
static void serve(struct requests *r)
{
	struct err e = { 0 };
	pid_t pid;

	r->line[strcspn(r->line, "\r\n")] = '\0';
	if (r->at_work > 0) {
		refuse(r, "another request is being served\n");
		return;
	}
	pid = start(r, r->line, &e);
	if (pid > 0)
		r->at_work = pid;
	else
		refuse(r, e.text);
	hang_up(r);
}

static void read_line(struct requests *r, int64_t now)
{
	ssize_t n =
		recv(r->client, r->line + r->n, LINE - 1 - r->n, MSG_DONTWAIT);

	if (n > 0) {
		r->n += (size_t)n;
		r->line[r->n] = '\0';
		if (strchr(r->line, '\n') != NULL)
			serve(r);
		else if (r->n == LINE - 1)
			refuse(r, "this is not a request\n");
	} else if (n == 0 || errno != EAGAIN || now >= r->until_ms) {
		hang_up(r);
	}
}

static void accept_client(struct requests *r, int64_t now)
{
	int fd = accept(r->listening, NULL, NULL);

	if (fd < 0)
		return;
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	r->client = fd;
	r->until_ms = now + PATIENCE_MS;
	r->n = 0;
}

void requests_child_ended(struct requests *r)
{
	struct err ignored;
	int status;

	if (r != NULL && r->at_work > 0 &&
	    child_ended(r->at_work, &status, &ignored) != 0)
		r->at_work = 0;
}

static void turn(void *context, short revents)
{
	struct requests *r = context;
	int64_t now = clock_monotonic_ms(r->o->clock);

	(void)revents;
	requests_child_ended(r);
	if (r->client < 0)
		accept_client(r, now);
	if (r->client >= 0)
		read_line(r, now);
}

struct pollable requests_pollable(struct requests *r)
{
	return (struct pollable){ r, to_poll, due, turn };
}
