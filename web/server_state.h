/*
 * State shared by the files that use libwebsockets: server, connection,
 * check_request, connection_limit, login_form, send_response, live_websockets,
 * waiting_clients, client_list.
 */
#ifndef WEB_SERVER_STATE_H
#define WEB_SERVER_STATE_H

#include <libwebsockets.h>

#include "web/access_rules.h"
#include "web/handler_data.h"
#include "web/idle_connections.h"
#include "web/routes.h"

enum {
	SERVER_OWN = 3,	      /* descriptors that are not clients */
	SERVER_FORM = 600,    /* maximum size of a posted form */
	SERVER_HEADS = 1024,  /* maximum number of connections whose request
				is being read */
	SERVER_PIECE = 32768, /* bytes sent in one step */
	SERVER_TAKE_S = 10,   /* seconds for a client to take its response */
};

/* Per-connection state, zeroed by libwebsockets. */
struct client {
	struct response_body *body; /* response being sent */
	size_t sent;
	struct job *waits; /* awaited job; NULL if none */
	struct lws *wsi;   /* a WebSocket or a waiting client */
	struct client *next;
	struct answer answer; /* what it waited for */
	bool ready;	      /* the response is ready to be sent */
	bool head;	      /* the request was a HEAD */
	uint64_t told;	      /* count of readings at the last one sent to it */
	/* For a POST to /login: the form so far. */
	bool posts;
	size_t form_n;
	char form[SERVER_FORM];
};

struct server_options;

struct server {
	const struct server_options *o;
	struct handler_data *w;
	struct lws_context *context;
	struct client *live;	/* all WebSockets */
	struct client *waiting; /* all clients waiting for a job */
	long open;
	struct idle_connections
		idle_connections; /* connections that we wait for */
	size_t held;		  /* bytes of responses not yet taken */
	bool closing;
	struct access_rules_rate rate;
	struct lws_protocol_vhost_options headers[8];
	struct lws_context_creation_info info;
	lws_retry_bo_t idle;
	char host[64];
	char policy[512]; /* Content-Security-Policy */
	/* A WebSocket message, preceded by room for libwebsockets' header. */
	unsigned char frame[LWS_PRE + JSON_MAX];
};

/* The server that serves a client. */
static inline struct server *server_of_client(struct lws *wsi)
{
	return lws_context_user(lws_get_context(wsi));
}

#endif
