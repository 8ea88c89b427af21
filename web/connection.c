#include "web/connection.h"

#include <stdlib.h>

#include "web/check_request.h"
#include "web/connection_limit.h"
#include "web/job_queue.h"
#include "web/live_websockets.h"
#include "web/login_form.h"
#include "web/send_response.h"
#include "web/waiting_clients.h"
#include "web/words.h"

enum { RETRY_S = 1 }; /* after too many requests */

static const char *argument(void *ctx, const char *name, char *buf, int size)
{
	char all[1024]; /* starts with the name */
	const char *value = lws_get_urlarg_by_name(ctx, name, all, sizeof(all));

	if (value == NULL)
		return NULL;
	snprintf(buf, (size_t)size, "%s", value);
	return buf;
}

static int end_http(struct server *s, struct client *c)
{
	if (c == NULL)
		return 0;
	waiting_leave(s, c);
	send_response_drop(s, c);
	*c = (struct client){ 0 };
	return 0;
}

/* Show the login form to a browser without the token. */
static int refuse(struct server *s, struct lws *wsi, const char *path,
		  int status, const char *why, struct answer *a, struct err *e)
{
	char name[CHECK_REQUEST_NAME];
	bool page = strcmp(path, "/") == 0 ||
		    strcmp(path, "/current-usage") == 0 ||
		    strcmp(path, "/login") == 0;
	bool named;
	int rc;

	s->w->refused++;
	if (status == 403 && check_request_unknown_host(s, wsi, name))
		return routes_unknown_host(check_request_words(wsi, &named),
					   span_of(name), a, e);
	rc = status == 401 && page ? routes_login(status, a, e)
				   : routes_refuse(status, why, a, e);
	a->retry_s = status == 429 || status == 503 ? RETRY_S : 0;
	return rc;
}

/*
 * Send a refusal immediately, since no response can wait here; then close the
 * connection.
 */
static int refuse_at_once(struct server *s, struct lws *wsi, int status,
			  const char *why)
{
	struct answer a;
	struct err e = { 0 };

	s->w->refused++;
	if (routes_refuse(status, why, &a, &e) < 0)
		return -1;
	send_response_at_once(wsi, &a);
	free(a.body);
	return -1;
}

/* Expect the form's body. */
static int begin_form(struct server *s, struct client *c, struct lws *wsi)
{
	send_response_drop(s, c);
	*c = (struct client){ .posts = true };
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, SERVER_TAKE_S);
	return 0;
}

static int end_form(struct server *s, struct client *c, struct lws *wsi)
{
	struct answer a;
	struct err e = { 0 };

	if (!c->posts)
		return -1;
	if (login_form_is_right(s, c))
		return login_form_welcome(s, wsi) ? -1
						  : send_response_done(c, wsi);
	return refuse(s, wsi, "/login", 401, "", &a, &e) < 0
		       ? -1
		       : send_response(c, wsi, &a, false);
}

/*
 * An unread body would be read as the next request, or truncate the response.
 */
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
	bool named;
	const struct words *words = check_request_words(wsi, &named);
	struct request r = { path,
			     argument,
			     wsi,
			     check_request_client(wsi),
			     check_request_gzip(wsi),
			     words,
			     named };
	struct answer a = { 0 };
	struct err e = { 0 };
	const char *why;
	int method, status = check_request_first(s, wsi, path, &method, &why),
		    rc;
	bool head = method == LWSHUMETH_HEAD;

	if (method == LWSHUMETH_POST && status == 0)
		return begin_form(s, c, wsi);
	if (status == 0 && has_body(wsi))
		return refuse_at_once(s, wsi, 400,
				      "a request body is not allowed here");
	if (has_body(wsi))
		return refuse_at_once(s, wsi, status, why);
	s->w->requests += status == 0;
	rc = status == 0 ? routes_answer(s->w, &r, &a, &e)
			 : refuse(s, wsi, path, status, why, &a, &e);
	if (rc < 0)
		return -1;
	return a.job != NULL ? waiting_begin(s, c, wsi, a.job, head)
			     : send_response(c, wsi, &a, head);
}

/*
 * A client's offer to upgrade may be ignored (RFC 9110 7.8). libwebsockets
 * checks the header again after us: if it is empty, it does not upgrade.
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
	status = live_websockets_refuses(s, wsi, &why);
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
	idle_connections_leave(&s->idle_connections, wsi);
	return 0;
}

int connection_event(struct lws *wsi, enum lws_callback_reasons why, void *user,
		     void *in, size_t n)
{
	struct server *s = server_of_client(wsi);
	struct client *c = user;

	switch (why) {
	case LWS_CALLBACK_FILTER_NETWORK_CONNECTION:
		return !connection_limit_allows(s);
	case LWS_CALLBACK_WSI_CREATE:
		return begin(s);
	case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
		return connection_limit_active(s, wsi);
	case LWS_CALLBACK_WSI_DESTROY:
		return end(s, wsi);
	case LWS_CALLBACK_RAW_ADOPT: /* after CONNECT: it would never close */
		return -1;
	case LWS_CALLBACK_HTTP:
		connection_limit_active(s, wsi);
		return answer_request(s, c, wsi, in);
	case LWS_CALLBACK_HTTP_BODY:
		return login_form_take(c, in, n);
	case LWS_CALLBACK_HTTP_BODY_COMPLETION:
		return end_form(s, c, wsi);
	case LWS_CALLBACK_HTTP_WRITEABLE:
		connection_limit_active(s, wsi);
		return c->ready ? waiting_send(s, c, wsi)
				: send_response_body(c, wsi);
	case LWS_CALLBACK_TIMER:
		return waiting_look(c, wsi);
	case LWS_CALLBACK_CLOSED_HTTP:
		return end_http(s, c);
	case LWS_CALLBACK_EVENT_WAIT_CANCELLED:
		return waiting_answered(s);
	case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
		return confirm_upgrade(s, wsi, in);
	default:
		return live_websockets_event(s, c, wsi, why);
	}
}
