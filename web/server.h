/*
 * HTTP and WebSocket server: connections, headers, limits. Runs libwebsockets'
 * event loop, which also serves p1logger's feed.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "base/err.h"
#include "web/server_options.h"

struct server;
struct handler_data;

/*
 * Listen, and raise the process's limit of open files as needed. `o` and `w`
 * must outlive the server. Returns NULL and sets *e: ERR_CONFIG for an invalid
 * address or more clients than the limit of open files allows; ERR_CREATE if it
 * cannot listen.
 */
struct server *server_open(const struct server_options *o,
			   struct handler_data *w, struct err *e);

/* Serve until there is an event or the call is interrupted; negative: stop. */
int server_run(struct server *s);

/* Make server_run return; safe in a signal handler. */
void server_wake(struct server *s);

void server_close(struct server *s); /* NULL is fine */

#endif
