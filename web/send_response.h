/* Responses on their way to a client. */
#ifndef WEB_SEND_RESPONSE_H
#define WEB_SEND_RESPONSE_H

#include "web/server_state.h"

/*
 * Respond: send the headers now, the body when the client can take it. Nonzero:
 * hang up.
 */
int send_response(struct client *c, struct lws *wsi, struct answer *a,
		  bool head_only);

/* The client can take more: send the next piece of the body. Nonzero: hang up. */
int send_response_body(struct client *c, struct lws *wsi);

/* Write the headers of a response with n bytes. Nonzero: hang up. */
int send_response_headers(struct lws *wsi, const struct answer *a, size_t n);

/* The response is complete. Nonzero: hang up. */
int send_response_done(struct client *c, struct lws *wsi);

/* Let go of the body. */
void send_response_drop(struct server *s, struct client *c);

#endif
