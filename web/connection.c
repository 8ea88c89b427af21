#include <stdlib.h>

#include "web/later.h"
#include "web/server_parts.h"

enum {
	CHUNK = 32768,	       /* bytes of a body written at once */
	HEADERS = 2048,	       /* bytes of the headers we write */
	TAKE_S = 10,	       /* for a client to take its body */
	WAITING = LATER_SLOTS, /* that may stand before one in the queue */
	REFUSAL = 512,	       /* bytes of what a refused WebSocket is told */
};

static struct server *server_of(struct lws *wsi)
{
	return lws_context_user(lws_get_context(wsi));
}

static int more_headers(struct lws *wsi, int status, unsigned char **p,
			unsigned char *end)
{
	static const unsigned char bearer[] = "Bearer", get[] = "GET, HEAD";
	static const unsigned char websocket[] = "websocket", version[] = "13";

	if (status == 401)
		return lws_add_http_header_by_token(
			wsi, WSI_TOKEN_HTTP_WWW_AUTHENTICATE, bearer,
			sizeof(bearer) - 1, p, end);
	if (status == 405)
		return lws_add_http_header_by_token(wsi, WSI_TOKEN_HTTP_ALLOW,
						    get, sizeof(get) - 1, p,
						    end);
	if (status == 426)
		return lws_add_http_header_by_token(
			       wsi, WSI_TOKEN_UPGRADE, websocket,
			       sizeof(websocket) - 1, p, end) ||
		       lws_add_http_header_by_token(
			       wsi, WSI_TOKEN_VERSION, version,
			       sizeof(version) - 1, p, end);
	return 0;
}

static int write_headers(struct lws *wsi, const struct answer *a)
{
	unsigned char buf[LWS_PRE + HEADERS], *start = buf + LWS_PRE;
	unsigned char *p = start, *end = buf + sizeof(buf) - 1;

	return lws_add_http_common_headers(wsi, (unsigned)a->status, a->type,
					   a->n, &p, end) ||
	       more_headers(wsi, a->status, &p, end) ||
	       lws_finalize_write_http_header(wsi, start, &p, end);
}

static void drop_body(struct server *s, struct client *c)
{
	if (c->body != NULL)
		s->held -= c->n;
	free(c->body);
	c->body = NULL;
}

static int done(struct client *c, struct lws *wsi)
{
	drop_body(server_of(wsi), c);
	return lws_http_transaction_completed(wsi) ? -1 : 0;
}

/* The headers now, the body when the client can take it. */
static int send_answer(struct client *c, struct lws *wsi, struct answer *a,
		       bool head_only)
{
	struct server *s = server_of(wsi);

	drop_body(s, c);
	*c = (struct client){ .body = a->body, .n = a->n };
	s->held += a->body != NULL ? a->n : 0;
	if (write_headers(wsi, a))
		return -1;
	if (head_only || a->n == 0)
		return done(c, wsi);
	lws_callback_on_writable(wsi);
	return 0;
}

static int send_body(struct client *c, struct lws *wsi)
{
	unsigned char buf[LWS_PRE + CHUNK];
	size_t n = c->n - c->sent < CHUNK ? c->n - c->sent : CHUNK;
	bool last = c->sent + n == c->n;

	if (c->body == NULL)
		return 0;
	memcpy(buf + LWS_PRE, c->body + c->sent, n);
	if (lws_write(wsi, buf + LWS_PRE, n,
		      last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP) < (int)n)
		return -1;
	c->sent += n;
	if (last)
		return done(c, wsi);
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, TAKE_S);
	lws_callback_on_writable(wsi);
	return 0;
}

static const char *argument(void *ctx, const char *name, char *buf, int size)
{
	char all[1024]; /* the name stands in front */
	const char *value = lws_get_urlarg_by_name(ctx, name, all, sizeof(all));

	if (value == NULL)
		return NULL;
	snprintf(buf, (size_t)size, "%s", value);
	return buf;
}

/* What was waited for is there: sent when the client can take it. */
static void hand_over(struct server *s, struct later *l)
{
	struct err e = { 0 };

	for (struct client *c = s->waiting; c != NULL; c = c->next) {
		if (c->waits != l)
			continue;
		c->waits = NULL;
		c->ready = routes_later(s->w, l, &c->answer, &e) == 0;
		if (c->ready)
			lws_callback_on_writable(c->wsi);
		else
			lws_set_timeout(c->wsi, 1, LWS_TO_KILL_ASYNC);
	}
	later_given(l);
}

/* Let what waits in the queue begin. */
static void begin_later(struct server *s)
{
	struct laters *all = &s->w->laters;
	struct lws_vhost *host = lws_get_vhost_by_name(s->context, "default");
	struct later *l;

	while ((l = later_next(all)) != NULL) {
		lws_sock_file_fd_type fd = { .filefd = l->fd };
		struct lws *wsi = NULL;

		if (l->state == LATER_RUNS)
			wsi = lws_adopt_descriptor_vhost(
				host, LWS_ADOPT_RAW_FILE_DESC, fd, "later",
				NULL);
		if (wsi != NULL) {
			lws_set_opaque_user_data(wsi, l);
			lws_set_timer_usecs(wsi, l->kind->wait_ms * 1000);
			continue;
		}
		if (l->state == LATER_RUNS)
			later_stop(all, l);
		hand_over(s, l);
	}
}

static int wait_for(struct server *s, struct client *c, struct lws *wsi,
		    struct later *l, bool head)
{
	drop_body(s, c);
	door_leave(&s->door, wsi);
	*c = (struct client){ .waits = l, .wsi = wsi, .head = head };
	client_join(&s->waiting, c);
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT,
			(int)(l->kind->wait_ms * WAITING / 1000));
	begin_later(s);
	return 0;
}

static int send_later(struct server *s, struct client *c, struct lws *wsi)
{
	struct answer a = c->answer;

	client_leave(&s->waiting, c);
	c->answer.body = NULL;
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, TAKE_S);
	return send_answer(c, wsi, &a, c->head);
}

static int end_http(struct server *s, struct client *c)
{
	if (c == NULL)
		return 0;
	client_leave(&s->waiting, c);
	free(c->answer.body);
	drop_body(s, c);
	*c = (struct client){ 0 };
	return 0;
}

/* A browser that lacks the token is shown the form for it. */
static int refuse(struct server *s, const char *path, int status,
		  const char *why, struct answer *a, struct err *e)
{
	bool page = strcmp(path, "/") == 0 ||
		    strcmp(path, "/current-usage") == 0 ||
		    strcmp(path, "/login") == 0;

	s->w->refused++;
	return status == 401 && page ? routes_login(status, a, e)
				     : routes_refuse(status, why, a, e);
}

/* Said at once, since no answer can wait here; then it is hung up on. */
static int refuse_at_once(struct server *s, struct lws *wsi, int status,
			  const char *why)
{
	unsigned char body[LWS_PRE + REFUSAL];
	struct answer a;
	struct err e = { 0 };

	s->w->refused++;
	if (routes_refuse(status, why, &a, &e) < 0)
		return -1;
	if (a.n <= REFUSAL && write_headers(wsi, &a) == 0) {
		memcpy(body + LWS_PRE, a.body, a.n);
		lws_write(wsi, body + LWS_PRE, a.n, LWS_WRITE_HTTP_FINAL);
	}
	free(a.body);
	return -1;
}

/* Its body comes next. */
static int begin_form(struct server *s, struct client *c, struct lws *wsi)
{
	drop_body(s, c);
	*c = (struct client){ .posts = true };
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, TAKE_S);
	return 0;
}

static int end_form(struct server *s, struct client *c, struct lws *wsi)
{
	struct answer a;
	struct err e = { 0 };

	if (!c->posts)
		return -1;
	if (admit_right(s, c))
		return admit_welcome(s, wsi) ? -1 : done(c, wsi);
	return refuse(s, "/login", 401, "", &a, &e) < 0
		       ? -1
		       : send_answer(c, wsi, &a, false);
}

/* What is not read would be taken for the next request, or cut the answer. */
static bool has_body(struct lws *wsi)
{
	char length[24] = "";

	lws_hdr_copy(wsi, length, sizeof(length),
		     WSI_TOKEN_HTTP_CONTENT_LENGTH);
	return strspn(length, "0") < strlen(length) ||
	       lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0;
}

static int answer_request(struct server *s, struct client *c, struct lws *wsi,
			  const char *path)
{
	struct request r = { path, argument, wsi };
	struct answer a = { 0 };
	struct err e = { 0 };
	const char *why;
	int method, status = admit_request(s, wsi, path, &method, &why), rc;
	bool head = method == LWSHUMETH_HEAD;

	if (method == LWSHUMETH_POST && status == 0)
		return begin_form(s, c, wsi);
	if (status == 0 && has_body(wsi))
		return refuse_at_once(s, wsi, 400, "only the form has a body");
	if (has_body(wsi))
		return refuse_at_once(s, wsi, status, why);
	s->w->requests += status == 0;
	rc = status == 0 ? routes_answer(s->w, &r, &a, &e)
			 : refuse(s, path, status, why, &a, &e);
	if (rc < 0)
		return -1;
	return a.later != NULL ? wait_for(s, c, wsi, a.later, head)
			       : send_answer(c, wsi, &a, head);
}

/*
 * What a client would rather speak need not be spoken (RFC 9110 7.8).
 * libwebsockets looks at the word again after us: empty it is no upgrade.
 */
static int confirm_upgrade(struct server *s, struct lws *wsi, char *word)
{
	const char *why;
	int status;

	if (strcasecmp(word, "h2c") == 0) {
		*word = '\0';
		return 0;
	}
	if (strcasecmp(word, "websocket") != 0)
		return -1;
	status = live_refuses(s, wsi, &why);
	return status == 0 ? 0 : refuse_at_once(s, wsi, status, why);
}

static int begin(struct server *s)
{
	s->open++;
	return 0;
}

static int end(struct server *s, struct lws *wsi)
{
	s->open--;
	door_leave(&s->door, wsi);
	return 0;
}

int connection_event(struct lws *wsi, enum lws_callback_reasons why, void *user,
		     void *in, size_t n)
{
	struct server *s = server_of(wsi);
	struct client *c = user;

	switch (why) {
	case LWS_CALLBACK_FILTER_NETWORK_CONNECTION:
		return !admit_connection(s);
	case LWS_CALLBACK_WSI_CREATE:
		return begin(s);
	case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
		return admit_active(s, wsi);
	case LWS_CALLBACK_WSI_DESTROY:
		return end(s, wsi);
	case LWS_CALLBACK_RAW_ADOPT: /* after CONNECT: it would stay for ever */
		return -1;
	case LWS_CALLBACK_HTTP:
		admit_active(s, wsi);
		return answer_request(s, c, wsi, in);
	case LWS_CALLBACK_HTTP_BODY:
		return admit_form(c, in, n);
	case LWS_CALLBACK_HTTP_BODY_COMPLETION:
		return end_form(s, c, wsi);
	case LWS_CALLBACK_HTTP_WRITEABLE:
		admit_active(s, wsi);
		return c->ready ? send_later(s, c, wsi) : send_body(c, wsi);
	case LWS_CALLBACK_CLOSED_HTTP:
		return end_http(s, c);
	case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
		return confirm_upgrade(s, wsi, in);
	default:
		return live_event(s, c, wsi, why);
	}
}

/*
 * libwebsockets closes the descriptor; it may do so by itself at its end, with
 * something left to read.
 */
int connection_later(struct lws *wsi, enum lws_callback_reasons why, void *user,
		     void *in, size_t n)
{
	struct server *s = server_of(wsi);
	struct later *l = lws_get_opaque_user_data(wsi);
	bool timer = why == LWS_CALLBACK_TIMER;
	bool closed = why == LWS_CALLBACK_RAW_CLOSE_FILE;

	(void)user, (void)in, (void)n;
	if (why == LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION)
		return -1;
	if (l == NULL || (why != LWS_CALLBACK_RAW_RX_FILE && !timer && !closed))
		return 0;
	if (timer || (!later_read(&s->w->laters, l) && closed))
		later_stop(&s->w->laters, l);
	if (l->state != LATER_DONE)
		return 0;
	lws_set_opaque_user_data(wsi, NULL);
	hand_over(s, l);
	if (!s->closing)
		begin_later(s);
	return -1;
}
