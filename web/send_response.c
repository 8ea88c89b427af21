#include "web/send_response.h"

#include "web/etag.h"
#include "web/response_body.h"

enum {
	HEADERS = 2048,			/* size of the headers we write */
	CHUNK = SERVER_PIECE - HEADERS, /* bytes of a body in one step */
	KNOWN = 512,			/* size of an If-None-Match header */
	AT_ONCE = 512, /* maximum size of a body that cannot wait */
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

static int add(struct lws *wsi, const char *name, const char *value,
	       unsigned char **p, unsigned char *end)
{
	return lws_add_http_header_by_name(wsi, (const unsigned char *)name,
					   (const unsigned char *)value,
					   (int)strlen(value), p, end);
}

/*
 * A browser must revalidate what it caches each time, so that it never shows
 * old data.
 */
static int cache_headers(struct lws *wsi, const struct answer *a,
			 unsigned char **p, unsigned char *end)
{
	char etag[ETAG_TEXT];

	if (a->etag == 0)
		return add(wsi, "cache-control:", "no-store", p, end);
	etag_format(etag, a->etag, a->gzip);
	return add(wsi, "etag:", etag, p, end) ||
	       add(wsi, "cache-control:", "private, no-cache", p, end);
}

/* Does the client already have the content? */
static bool is_known(struct lws *wsi, const struct answer *a)
{
	char known[KNOWN], etag[ETAG_TEXT];
	int n;

	if (a->etag == 0 || a->status != 200)
		return false;
	n = lws_hdr_copy(wsi, known, sizeof(known),
			 WSI_TOKEN_HTTP_IF_NONE_MATCH);
	etag_format(etag, a->etag, a->gzip);
	return n > 0 && etag_is_known((struct span){ known, (size_t)n }, etag);
}

static int not_modified(struct lws *wsi, const struct answer *a)
{
	unsigned char buf[LWS_PRE + HEADERS], *start = buf + LWS_PRE;
	unsigned char *p = start, *end = start + HEADERS - 1;

	return lws_add_http_header_status(wsi, 304, &p, end) ||
	       cache_headers(wsi, a, &p, end) ||
	       lws_finalize_write_http_header(wsi, start, &p, end);
}

static int write_headers(struct lws *wsi, const struct answer *a, size_t n,
			 unsigned char **p, unsigned char *end)
{
	return lws_add_http_common_headers(wsi, (unsigned)a->status, a->type, n,
					   p, end) ||
	       (a->gzip && add(wsi, "content-encoding:", "gzip", p, end)) ||
	       cache_headers(wsi, a, p, end) ||
	       more_headers(wsi, a->status, p, end) ||
	       retry_after(wsi, a->retry_s, p, end) ||
	       lws_finalize_http_header(wsi, p, end);
}

int send_response_at_once(struct lws *wsi, const struct answer *a)
{
	unsigned char buf[LWS_PRE + HEADERS + AT_ONCE], *start = buf + LWS_PRE;
	unsigned char *p = start;

	if (a->n > AT_ONCE ||
	    write_headers(wsi, a, a->n, &p, start + HEADERS - 1))
		return -1;
	memcpy(p, a->body, a->n);
	p += a->n;
	return lws_write(wsi, start, (size_t)(p - start),
			 LWS_WRITE_HTTP_FINAL) < 0
		       ? -1
		       : 0;
}

void send_response_drop(struct server *s, struct client *c)
{
	if (c->body != NULL && --c->body->takers == 0)
		s->held -= c->body->n;
	response_body_drop(c->body);
	c->body = NULL;
}

static void hold_body(struct server *s, struct client *c,
		      struct response_body *b)
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

/* Send what is in [start, p), followed by the next piece of the body. */
static int send_piece(struct client *c, struct lws *wsi, unsigned char *start,
		      unsigned char *p)
{
	size_t left = c->body->n - c->sent, n = left < CHUNK ? left : CHUNK;
	bool last = n == left;

	if (n > 0)
		memcpy(p, c->body->bytes + c->sent, n);
	c->sent += n;
	n += (size_t)(p - start);
	if (lws_write(wsi, start, n,
		      last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP) < (int)n)
		return -1;
	if (last)
		return send_response_done(c, wsi);
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, SERVER_TAKE_S);
	lws_callback_on_writable(wsi);
	return 0;
}

int send_response(struct client *c, struct lws *wsi, struct answer *a,
		  bool head_only)
{
	unsigned char buf[LWS_PRE + HEADERS + CHUNK], *start = buf + LWS_PRE;
	unsigned char *p = start;
	struct server *s = server_of_client(wsi);
	struct response_body *b =
		a->shared ? a->shared : response_body_of(a->body, a->n);

	send_response_drop(s, c);
	*c = (struct client){ 0 };
	if (b == NULL)
		return -1;
	hold_body(s, c, b);
	if (is_known(wsi, a))
		return not_modified(wsi, a) ? -1 : send_response_done(c, wsi);
	if (write_headers(wsi, a, b->n, &p, start + HEADERS - 1))
		return -1;
	if (head_only)
		c->sent = b->n;
	return send_piece(c, wsi, start, p);
}

int send_response_body(struct client *c, struct lws *wsi)
{
	unsigned char buf[LWS_PRE + CHUNK], *start = buf + LWS_PRE;

	return c->body != NULL ? send_piece(c, wsi, start, start) : 0;
}
