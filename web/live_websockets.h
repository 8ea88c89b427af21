/* WebSockets under /live, and the feed that supplies them. */
#ifndef WEB_LIVE_WEBSOCKETS_H
#define WEB_LIVE_WEBSOCKETS_H

#include "web/server_state.h"

/* The callback of libwebsockets for the feed. */
int live_websockets_feed(struct lws *wsi, enum lws_callback_reasons why,
			 void *user, void *in, size_t n);

/*
 * Returns a status and a sentence if this WebSocket is refused, or 0. Ignores
 * the subprotocol, which libwebsockets has not checked yet.
 */
int live_websockets_refuses(struct server *s, struct lws *wsi,
			    const char **why);

/* Handle an event of a WebSocket; nonzero ends it. */
int live_websockets_event(struct server *s, struct client *c, struct lws *wsi,
			  enum lws_callback_reasons why);

#endif
