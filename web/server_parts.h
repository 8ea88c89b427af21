/*
 * Internal interface of the files that use libwebsockets: server, connection,
 * waiting, client, live, access.
 */
#ifndef WEB_SERVER_PARTS_H
#define WEB_SERVER_PARTS_H

#include <libwebsockets.h>

#include "web/guard.h"
#include "web/idle_list.h"
#include "web/routes.h"
#include "web/web.h"

enum {
	SERVER_OWN = 3,	     /* descriptors that are not clients */
	SERVER_FORM = 600,   /* maximum size of a posted form */
	SERVER_HEADS = 1024, /* maximum number of connections whose request
				is being read */
	SERVER_TAKE_S = 10,  /* for a client to take its response */
};

/* Per-connection state, zeroed by libwebsockets. */
struct client {
	struct body *body; /* response being sent */
	size_t sent;
	struct job *waits; /* awaited job; NULL: none */
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
	struct web *w;
	struct lws_context *context;
	struct client *live;	/* all WebSockets */
	struct client *waiting; /* all clients waiting for a job */
	long open;
	struct idle_list idle_list; /* connections that we wait for */
	size_t held;		    /* bytes of responses not yet taken */
	bool closing;
	struct guard_rate rate;
	struct lws_protocol_vhost_options headers[8];
	struct lws_context_creation_info info;
	lws_retry_bo_t idle;
	char host[64];
	/* A WebSocket message, after room for libwebsockets' header. */
	unsigned char frame[LWS_PRE + JSON_MAX];
};

/* libwebsockets' callbacks: connections, the feed, and jobs. */
int connection_event(struct lws *wsi, enum lws_callback_reasons why, void *user,
		     void *in, size_t n);
int live_feed(struct lws *wsi, enum lws_callback_reasons why, void *user,
	      void *in, size_t n);
int waiting_read(struct lws *wsi, enum lws_callback_reasons why, void *user,
		 void *in, size_t n);

/*
 * Respond: send the headers now, the body when the client can take it. Nonzero:
 * hang up.
 */
int connection_send(struct client *c, struct lws *wsi, struct answer *a,
		    bool head_only);
void connection_drop_body(struct server *s, struct client *c);

/*
 * A client that waits for job `l`: start to wait; find out whether it has hung
 * up; send the finished response; stop waiting; hand out the responses of
 * workers. Nonzero: hang up.
 */
int waiting_begin(struct server *s, struct client *c, struct lws *wsi,
		  struct job *l, bool head);
int waiting_look(const struct client *c, struct lws *wsi);
int waiting_send(struct server *s, struct client *c, struct lws *wsi);
void waiting_leave(struct server *s, struct client *c);
int waiting_answered(struct server *s);

/*
 * Returns a status and a sentence if this WebSocket is refused, or 0. Ignores
 * the subprotocol, which libwebsockets has not checked yet.
 */
int live_refuses(struct server *s, struct lws *wsi, const char **why);

/* Handle an event of a WebSocket; nonzero ends it. */
int live_event(struct server *s, struct client *c, struct lws *wsi,
	       enum lws_callback_reasons why);

/*
 * Add a client to the front of a list; remove it, and return whether it was
 * there.
 */
void client_join(struct client **list, struct client *c);
bool client_leave(struct client **list, const struct client *c);

/*
 * May another connection start? If few are left, close the longest silent ones.
 * access_active notes that a client has sent something.
 */
bool access_connection(struct server *s);
int access_active(struct server *s, struct lws *wsi);

/* The client's identity, see guard_who. */
uint64_t access_who(struct lws *wsi);

/*
 * Returns a status and a sentence if refused, else 0. The first also checks the
 * request itself and returns its method: LWSHUMETH_GET, _HEAD, or _POST of the
 * login form.
 */
int access_request(struct server *s, struct lws *wsi, const char *path,
		   int *method, const char **why);
int access_refuses(struct server *s, struct lws *wsi, const char *path,
		   const char **why);

/*
 * The login form: take a piece of it (nonzero: it is too long); check its
 * token; respond with the cookie (nonzero: hang up).
 */
int access_form(struct client *c, const char *bytes, size_t n);
bool access_right(const struct server *s, const struct client *c);
int access_welcome(const struct server *s, struct lws *wsi);

#endif
