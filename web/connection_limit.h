/*
 * The limit on connections: if few are left, those that have been silent
 * longest are closed (web/idle_connections.h has their order).
 */
#ifndef WEB_CONNECTION_LIMIT_H
#define WEB_CONNECTION_LIMIT_H

#include "web/server_state.h"

/* May another connection start? */
bool connection_limit_allows(struct server *s);

/* Record that a client has sent something. Returns 0. */
int connection_limit_active(struct server *s, struct lws *wsi);

/*
 * Close clients that have sent half a request or do not take their responses.
 */
void connection_limit_make_room(struct server *s);

#endif
