/*
 * What the files that use libwebsockets share: server, connection, waiting,
 * client, live, admit.
 */
#ifndef WEB_SERVER_PARTS_H
#define WEB_SERVER_PARTS_H

#include <libwebsockets.h>

#include "web/guard.h"
#include "web/idle_list.h"
#include "web/routes.h"
#include "web/web.h"

enum {
	SERVER_OWN = 3,	     /* descriptors of ours that are no clients */
	SERVER_FORM = 600,   /* bytes of a form that is sent to us */
	SERVER_HEADS = 1024, /* connections whose request is read, at most */
	SERVER_TAKE_S = 10,  /* for a client to take its answer */
};

/* One connection's own; zeroed by libwebsockets. */
struct client {
	struct body *body; /* of a request that is being answered */
	size_t sent;
	struct job *waits; /* for this; NULL: for nothing */
	struct lws *wsi;   /* of a WebSocket, or of one that waits */
	struct client *next;
	struct answer answer; /* what it waited for */
	bool ready;	      /* the answer is there, to be sent */
	bool head;	      /* to a request that is a HEAD */
	uint64_t told; /* the count of readings with the last one sent to it */
	/* Of a POST to /login: what came of its form. */
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
	struct client *waiting; /* all that wait for a later document */
	long open;
	struct idle_list door; /* connections that we wait for */
	size_t held;	       /* bytes of answers that are not yet taken */
	bool closing;
	struct guard_rate rate;
	struct lws_protocol_vhost_options headers[8];
	struct lws_context_creation_info info;
	lws_retry_bo_t idle;
	char host[64];
	/* What a WebSocket is sent, with room in front for libwebsockets. */
	unsigned char frame[LWS_PRE + JSON_MAX];
};

/*
 * The callbacks of libwebsockets: of each connection, of the feed, and of what
 * is made later.
 */
int connection_event(struct lws *wsi, enum lws_callback_reasons why, void *user,
		     void *in, size_t n);
int live_feed(struct lws *wsi, enum lws_callback_reasons why, void *user,
	      void *in, size_t n);
int waiting_read(struct lws *wsi, enum lws_callback_reasons why, void *user,
		 void *in, size_t n);

/* Answer: the headers now, the body when the client can take it. Nonzero: hang
 * up. */
int connection_send(struct client *c, struct lws *wsi, struct answer *a,
		    bool head_only);
void connection_drop_body(struct server *s, struct client *c);

/*
 * A client waits for `l` from now on; has it hung up meanwhile; its answer is
 * there, and is sent; it is gone, or goes on; workers may have answered.
 * Nonzero: hang up.
 */
int waiting_begin(struct server *s, struct client *c, struct lws *wsi,
		  struct job *l, bool head);
int waiting_look(const struct client *c, struct lws *wsi);
int waiting_send(struct server *s, struct client *c, struct lws *wsi);
void waiting_leave(struct server *s, struct client *c);
int waiting_answered(struct server *s);

/*
 * Why may this WebSocket not begin: a status and a sentence, or 0. Whatever
 * subprotocol it names: libwebsockets has not looked at that yet.
 */
int live_refuses(struct server *s, struct lws *wsi, const char **why);

/* What is said of a WebSocket; nonzero ends it. */
int live_event(struct server *s, struct client *c, struct lws *wsi,
	       enum lws_callback_reasons why);

/* Put it first on a list; take it from there: was it on it? */
void client_join(struct client **list, struct client *c);
bool client_leave(struct client **list, const struct client *c);

/*
 * May another connection begin? When most are taken, those that have been
 * silent longest are closed for it. The second: this one did something.
 */
bool access_connection(struct server *s);
int access_active(struct server *s, struct lws *wsi);

/* The client at the other end, as guard_who. */
uint64_t access_who(struct lws *wsi);

/*
 * Why is this refused: a status and a sentence, 0 when it is not. The first
 * also looks at the request itself, and tells its method: LWSHUMETH_GET, _HEAD,
 * or _POST of the form with the token.
 */
int access_request(struct server *s, struct lws *wsi, const char *path,
		   int *method, const char **why);
int access_refuses(struct server *s, struct lws *wsi, const char *path,
		   const char **why);

/*
 * The form with the token: take a piece of it, nonzero: it is too long; has it
 * the token; answer that with the cookie, nonzero: hang up.
 */
int access_form(struct client *c, const char *bytes, size_t n);
bool access_right(const struct server *s, const struct client *c);
int access_welcome(const struct server *s, struct lws *wsi);

#endif
