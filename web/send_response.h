/* Responses on their way to a client. */
#ifndef WEB_SEND_RESPONSE_H
#define WEB_SEND_RESPONSE_H

#include "web/server_state.h"

/*
 * Respond: send the headers and the start of the body now, the rest when the
 * client can take it. Returns nonzero to close the connection.
 */
int send_response(struct client *c, struct lws *wsi, struct answer *a,
		  bool head_only);

/*
 * The client can take more: send the next piece of the body. Returns nonzero to
 * close the connection.
 */
int send_response_body(struct client *c, struct lws *wsi);

/* Send a short response to a client whose connection is then closed. */
int send_response_at_once(struct lws *wsi, const struct answer *a);

/* The response is complete. Returns nonzero to close the connection. */
int send_response_done(struct client *c, struct lws *wsi);

/* Release the body. */
void send_response_drop(struct server *s, struct client *c);

#endif
