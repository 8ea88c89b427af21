/* Clients that wait for a job. */
#ifndef WEB_WAITING_CLIENTS_H
#define WEB_WAITING_CLIENTS_H

#include "web/server_state.h"

/* The callback of libwebsockets for the output of jobs. */
int waiting_read(struct lws *wsi, enum lws_callback_reasons why, void *user,
		 void *in, size_t n);

/*
 * Make a client wait for job `l`; find out whether it has disconnected; send it
 * the finished response; stop its waiting; hand out the responses of query
 * threads. Nonzero means to close the connection.
 */
int waiting_begin(struct server *s, struct client *c, struct lws *wsi,
		  struct job *l, bool head);
int waiting_look(const struct client *c, struct lws *wsi);
int waiting_send(struct server *s, struct client *c, struct lws *wsi);
void waiting_leave(struct server *s, struct client *c);
int waiting_answered(struct server *s);

#endif
