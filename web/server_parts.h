/* What web/server.c and web/connection.c share: the users of libwebsockets. */
#ifndef WEB_SERVER_PARTS_H
#define WEB_SERVER_PARTS_H

#include <libwebsockets.h>

#include "web/guard.h"
#include "web/server.h"
#include "web/web.h"

enum { SERVER_OWN = 3 }; /* descriptors of ours that are no clients */

/* One connection's own; zeroed by libwebsockets. */
struct client {
	char *body; /* of a request that is being answered */
	size_t n, sent;
	struct lws *wsi; /* of a WebSocket, else NULL */
	struct client *next;
	int frames;
};

struct server {
	const struct server_options *o;
	struct web *w;
	struct lws_context *context;
	struct client *live; /* all WebSockets */
	long open;
	struct guard_rate rate;
	struct lws_protocol_vhost_options headers[8];
	struct lws_context_creation_info info;
	lws_retry_bo_t idle;
	char host[64];
	/* What a WebSocket is sent, with room in front for libwebsockets. */
	unsigned char frame[LWS_PRE + JSON_MAX];
};

/* The callbacks of libwebsockets: of each connection, and of the feed. */
int connection_event(struct lws *wsi, enum lws_callback_reasons why,
		     void *user, void *in, size_t n);
int connection_feed(struct lws *wsi, enum lws_callback_reasons why, void *user,
		    void *in, size_t n);

#endif
