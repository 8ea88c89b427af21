/* Connections: requests that arrive. */
#ifndef WEB_CONNECTION_H
#define WEB_CONNECTION_H

#include "web/server_state.h"

/* The callback of libwebsockets for all connections. */
int connection_event(struct lws *wsi, enum lws_callback_reasons why, void *user,
		     void *in, size_t n);

#endif
