/*
 * The HTTP and WebSocket server: connections, headers, limits. libwebsockets
 * runs its own loop here, and the feed of p1logger is adopted into it.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include <stdbool.h>

#include "base/err.h"

struct server;
struct web;

struct server_options {
	const char *listen;	/* "127.0.0.1:5002" */
	const char *names;	/* further names of this machine, or "" */
	const char *token;	/* of the bearer; "" none */
	bool token_for_reading; /* else reading is free */
	long clients;		/* connections at once */
	long rate;		/* requests a second of one address; 0 any */
	long work;		/* per cent of a minute for one; 0 any */
	int feed;		/* socket of web/feed.h; -1 none; stays yours */
};

/*
 * Listen; the process may have as many open files as that takes afterwards.
 * `o` and `w` must outlive the server. NULL and *e: ERR_CONFIG for an address
 * that is none, and for more clients than the system allows open files;
 * ERR_CREATE when it cannot be listened on.
 */
struct server *server_open(const struct server_options *o, struct web *w,
			   struct err *e);

/* Serve until something happens or the call is interrupted; negative: over. */
int server_run(struct server *s);

/* Make server_run return; may be called in a signal handler. */
void server_wake(struct server *s);

void server_close(struct server *s); /* NULL is fine */

#endif
