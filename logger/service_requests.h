/*
 * Requests to the service by other programs such as p1web: make a backup, or
 * verify the last one. Each is handled by a separate p1logger process, which
 * responds; the service only reads the request and never waits.
 *
 * Each connection to a UNIX socket is one request: the line "backup" or
 * "verify". The response, up to the end of the connection, is a line of JSON
 * like that of --json, or an error message.
 */
#ifndef LOGGER_SERVICE_REQUESTS_H
#define LOGGER_SERVICE_REQUESTS_H

#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/pollable.h"

struct requests;

struct requests_options {
	const char *socket; /* path */
	const char *folder; /* for backups */
	long keep;	    /* days to keep backups */
	const char *config; /* for the p1logger it starts; NULL: the default */
	const struct clock *clock;
};

/*
 * Listen on the socket, writable for its owner and group. The caller holds the
 * database's lock, so an existing socket is stale. The options must outlive it.
 * Returns NULL and sets *e if it cannot be created.
 */
struct requests *requests_open(const struct requests_options *o, struct err *e);

/* Stop a running request and remove the socket. NULL is fine. */
void requests_close(struct requests *r);

/* For pollable_wait. */
struct pollable requests_pollable(struct requests *r);

/* Look for the end of a request after SIGCHLD. NULL is fine. */
void requests_child_ended(struct requests *r);

#endif
