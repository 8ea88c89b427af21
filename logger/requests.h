/*
 * Requests to the service by other programs such as p1web: make a backup, or
 * verify the last one. Each is handled by a separate p1logger process, which
 * responds; the service only reads a word and never waits.
 *
 * Each connection to a UNIX socket is one request: the line "backup" or
 * "verify". The response, up to the end of the connection, is a line of JSON
 * like that of --json, or an error message.
 */
#ifndef LOGGER_REQUESTS_H
#define LOGGER_REQUESTS_H

#include <poll.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct requests;

struct requests_options {
	const char *socket; /* path */
	const char *folder; /* for backups */
	long keep;	    /* days to keep backups */
	const char *config; /* for that p1logger; NULL: the default */
	const struct clock *clock;
};

/*
 * Listen on the socket, writable for its owner and group. The caller holds the
 * database's lock, so an existing socket is stale. The options must outlive it.
 * Returns NULL and sets *e if it cannot be created.
 */
struct requests *requests_open(const struct requests_options *o, struct err *e);

/*
 * Stops a running request and removes the socket. All of these accept NULL for
 * none.
 */
void requests_close(struct requests *r);

/* What to poll; fd is -1 if nothing. */
struct pollfd requests_poll(const struct requests *r);

/* Next call of requests_turn without input, monotonic ms. */
int64_t requests_due(const struct requests *r);

/* Do pending work. Also call it after a SIGCHLD. */
void requests_turn(struct requests *r);

#endif
