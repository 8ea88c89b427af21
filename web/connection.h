/* Connections: requests that arrive, and responses on their way. */
#ifndef WEB_CONNECTION_H
#define WEB_CONNECTION_H

#include "web/server_state.h"

/* The callback of libwebsockets for all connections. */
int connection_event(struct lws *wsi, enum lws_callback_reasons why, void *user,
		     void *in, size_t n);

/*
 * Respond: send the headers now, the body when the client can take it. Nonzero:
 * hang up.
 */
int connection_send(struct client *c, struct lws *wsi, struct answer *a,
		    bool head_only);
void connection_drop_body(struct server *s, struct client *c);

#endif
