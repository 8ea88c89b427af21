#include "web/send_response.h"

#include "web/body.h"

enum {
	CHUNK = 32768,	/* bytes of a body written in one step */
	HEADERS = 2048, /* size of the headers we write */
};

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

static int retry_after(struct lws *wsi, long s, unsigned char **p,
		       unsigned char *end)
{
	char text[24];
	int n = snprintf(text, sizeof(text), "%ld", s);

	return s > 0 ? lws_add_http_header_by_name(
			       wsi, (const unsigned char *)"retry-after:",
			       (const unsigned char *)text, n, p, end)
		     : 0;
}

int send_response_headers(struct lws *wsi, const struct answer *a, size_t n)
{
	unsigned char buf[LWS_PRE + HEADERS], *start = buf + LWS_PRE;
	unsigned char *p = start, *end = buf + sizeof(buf) - 1;

	return lws_add_http_common_headers(wsi, (unsigned)a->status, a->type, n,
					   &p, end) ||
	       more_headers(wsi, a->status, &p, end) ||
	       retry_after(wsi, a->retry_s, &p, end) ||
	       lws_finalize_write_http_header(wsi, start, &p, end);
}

void send_response_drop(struct server *s, struct client *c)
{
	if (c->body != NULL && --c->body->takers == 0)
		s->held -= c->body->n;
	body_drop(c->body);
	c->body = NULL;
}

static void hold_body(struct server *s, struct client *c, struct body *b)
{
	c->body = b;
	if (b->takers++ == 0)
		s->held += b->n;
}

int send_response_done(struct client *c, struct lws *wsi)
{
	send_response_drop(server_of_client(wsi), c);
	return lws_http_transaction_completed(wsi) ? -1 : 0;
}

int send_response(struct client *c, struct lws *wsi, struct answer *a,
		  bool head_only)
{
	struct server *s = server_of_client(wsi);
	struct body *b = a->shared ? a->shared : body_of(a->body, a->n);

	send_response_drop(s, c);
	*c = (struct client){ 0 };
	if (b == NULL)
		return -1;
	hold_body(s, c, b);
	if (send_response_headers(wsi, a, b->n))
		return -1;
	if (head_only || b->n == 0)
		return send_response_done(c, wsi);
	lws_callback_on_writable(wsi);
	return 0;
}

int send_response_body(struct client *c, struct lws *wsi)
{
	unsigned char buf[LWS_PRE + CHUNK];
	size_t left = c->body != NULL ? c->body->n - c->sent : 0;
	size_t n = left < CHUNK ? left : CHUNK;
	bool last = n == left;

	if (c->body == NULL)
		return 0;
	memcpy(buf + LWS_PRE, c->body->bytes + c->sent, n);
	if (lws_write(wsi, buf + LWS_PRE, n,
		      last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP) < (int)n)
		return -1;
	c->sent += n;
	if (last)
		return send_response_done(c, wsi);
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, SERVER_TAKE_S);
	lws_callback_on_writable(wsi);
	return 0;
}
