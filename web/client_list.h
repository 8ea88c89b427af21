/* Linked lists of clients. */
#ifndef WEB_CLIENT_LIST_H
#define WEB_CLIENT_LIST_H

#include "web/server_state.h"

/*
 * Add a client to the front of a list; remove it, and return whether it was
 * there.
 */
void client_join(struct client **list, struct client *c);
bool client_leave(struct client **list, const struct client *c);

#endif
