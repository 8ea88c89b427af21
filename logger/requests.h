/*
 * What the service is asked for by others, as p1web: a backup, or the check of
 * the last one. Each is done by a p1logger of its own, which answers; the
 * service only reads a word and never waits.
 *
 * One connection to a UNIX socket is one request: the line "backup" or
 * "verify". The answer, up to the end, is a line of JSON as of --json, or a
 * sentence of what went wrong.
 */
#ifndef LOGGER_REQUESTS_H
#define LOGGER_REQUESTS_H

#include <poll.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct requests;

struct requests_options {
	const char *socket; /* its path */
	const char *folder; /* of backups */
	long keep;	    /* days of which one stays */
	const char *config; /* of that p1logger; NULL: the usual one */
	const struct clock *clock;
};

/*
 * Listen on the socket, which its owner and group may write to. The caller
 * holds the lock of the database, so what lies there is left behind. The
 * options must outlive it. NULL and *e when it cannot be made.
 */
struct requests *requests_open(const struct requests_options *o, struct err *e);

/* Ends what runs, removes the socket. All of these take NULL for none. */
void requests_close(struct requests *r);

/* What to poll for; fd is -1 for nothing. */
struct pollfd requests_poll(const struct requests *r);

/* Monotonic ms: when requests_turn is due all the same. */
int64_t requests_due(const struct requests *r);

/* Do what is to be done. Also after a SIGCHLD. */
void requests_turn(struct requests *r);

#endif
