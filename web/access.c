/* Who may ask, by the headers of a request; and the form that lets one in. */
#include <sys/socket.h>

#include "web/server.h"
#include "web/server_parts.h"

enum {
	VALUE = 300,	  /* bytes of a header that is looked at */
	COOKIES = 2048,	  /* the same of cookies, also those of others here */
	HEADERS = 2048,	  /* bytes of the headers we write */
	SILENT_MS = 1000, /* then a connection may be closed for another */
	HELD = 8 << 20, /* bytes of answers that were not taken, and no more */
};

static int64_t now_ms(const struct server *s)
{
	return clock_monotonic_ms(s->w->clock);
}

/* It said something that we have not come to: it is not who is silent. */
static bool has_unread(struct lws *wsi)
{
	char byte;

	return recv(lws_get_socket_fd(wsi), &byte, 1, MSG_PEEK | MSG_DONTWAIT) >
	       0;
}

/* Who holds half a request, or does not take the answer, makes room. */
static void make_room(struct server *s)
{
	int64_t now = now_ms(s);
	struct lws *wsi;

	while ((wsi = idle_list_silent(&s->door, now, SILENT_MS)) != NULL) {
		if (has_unread(wsi)) {
			idle_list_active(&s->door, wsi, now);
			continue;
		}
		idle_list_leave(&s->door, wsi);
		lws_set_timeout(wsi, 1, LWS_TO_KILL_ASYNC);
	}
}

bool access_connection(struct server *s)
{
	long most = s->o->clients + SERVER_OWN;

	if (s->open >= most - most / 4 ||
	    s->door.guests >= SERVER_HEADS - SERVER_HEADS / 4)
		make_room(s);
	return s->open < most;
}

int access_active(struct server *s, struct lws *wsi)
{
	idle_list_active(&s->door, wsi, now_ms(s));
	return 0;
}

static struct span header(struct lws *wsi, enum lws_token_indexes which,
			  char *value, int size)
{
	int n = lws_hdr_copy(wsi, value, size, which);

	return (struct span){ value, n > 0 ? (size_t)n : 0 };
}

/*
 * A browser sends its cookie also for a page that only points here: what is
 * more than reading is for who says the token himself.
 */
static int lacks_token(const struct server *s, struct lws *wsi,
		       const char *path, const char **why)
{
	struct span token = span_of(s->o->token);
	char said[VALUE], cookies[COOKIES];

	*why = "this needs a token: see [web] token_file";
	if (routes_acts(path) && token.n == 0)
		return 403;
	*why = "the token is wrong or missing";
	if (!routes_acts(path) &&
	    (!s->o->token_for_reading || routes_open(path) ||
	     guard_cookie(header(wsi, WSI_TOKEN_HTTP_COOKIE, cookies, COOKIES),
			  token)))
		return 0;
	return guard_token(
		       header(wsi, WSI_TOKEN_HTTP_AUTHORIZATION, said, VALUE),
		       token)
		       ? 0
		       : 401;
}

/*
 * libwebsockets takes a line end that was written %0D for the line's end: then
 * there is no version, and the rest of the line passes for a header. A NUL that
 * was written %00 would cut the path.
 */
static bool is_whole(struct lws *wsi, const char *path, size_t n)
{
	char version[16];
	int length =
		lws_hdr_copy(wsi, version, sizeof(version), WSI_TOKEN_HTTP);

	return length > 0 && strncmp(version, "HTTP/1.", 7) == 0 &&
	       strlen(path) == n;
}

static bool is_answered(int method, const char *path)
{
	if (method == LWSHUMETH_POST)
		return strcmp(path, "/login") == 0;
	return method == LWSHUMETH_GET ||
	       (method == LWSHUMETH_HEAD && !routes_acts(path));
}

int access_request(struct server *s, struct lws *wsi, const char *path,
		   int *method, const char **why)
{
	char *uri;
	int n;

	*method = lws_http_get_uri_and_method(wsi, &uri, &n);
	*why = "only GET and HEAD are answered";
	if (!is_answered(*method, path))
		return 405;
	*why = "this is not a request of HTTP/1.1";
	if (!is_whole(wsi, uri, (size_t)n))
		return 400;
	*why = "too many answers wait to be taken";
	if (s->held > HELD / 2)
		make_room(s);
	if (s->held > HELD)
		return 503;
	return access_refuses(s, wsi, path, why);
}

uint64_t access_who(struct lws *wsi)
{
	char peer[64] = "";

	lws_get_peer_simple(wsi, peer, sizeof(peer));
	return guard_who(span_of(peer));
}

/* One that libwebsockets has no number for; `name` is in small letters. */
static struct span other_header(struct lws *wsi, const char *name, char *value,
				int size)
{
	int n = lws_hdr_custom_copy(wsi, value, size, name, (int)strlen(name));

	return (struct span){ value, n > 0 ? (size_t)n : 0 };
}

static bool is_foreign(struct lws *wsi)
{
	char site[32], mode[32], dest[32];

	return guard_foreign(other_header(wsi, "sec-fetch-site:", site, 32),
			     other_header(wsi, "sec-fetch-mode:", mode, 32),
			     other_header(wsi, "sec-fetch-dest:", dest, 32));
}

int access_refuses(struct server *s, struct lws *wsi, const char *path,
		   const char **why)
{
	char host[VALUE], origin[VALUE];
	struct span h = header(wsi, WSI_TOKEN_HOST, host, VALUE);
	bool foreign;

	*why = "too many requests";
	if (!guard_rate_take(&s->rate, access_who(wsi), now_ms(s)))
		return 429;
	*why = "this name is not in [web] hosts";
	if (!guard_host(h, s->o->names))
		return 403;
	*why = "another site asks";
	foreign = is_foreign(wsi) ||
		  (lws_hdr_total_length(wsi, WSI_TOKEN_ORIGIN) > 0 &&
		   !guard_origin(header(wsi, WSI_TOKEN_ORIGIN, origin, VALUE),
				 h));
	return foreign ? 403 : lacks_token(s, wsi, path, why);
}

int access_form(struct client *c, const char *bytes, size_t n)
{
	if (!c->posts || n > sizeof(c->form) - c->form_n)
		return -1;
	if (n > 0) /* an empty form comes without bytes */
		memcpy(c->form + c->form_n, bytes, n);
	c->form_n += n;
	return 0;
}

bool access_right(const struct server *s, const struct client *c)
{
	return guard_form((struct span){ c->form, c->form_n },
			  span_of(s->o->token));
}

static int add(struct lws *wsi, enum lws_token_indexes which, const char *text,
	       unsigned char **p, unsigned char *end)
{
	return lws_add_http_header_by_token(wsi, which,
					    (const unsigned char *)text,
					    (int)strlen(text), p, end);
}

/* What came by TLS, through a proxy, the browser keeps for TLS. */
int access_welcome(const struct server *s, struct lws *wsi)
{
	unsigned char buf[LWS_PRE + HEADERS], *start = buf + LWS_PRE;
	unsigned char *p = start, *end = buf + sizeof(buf) - 1;
	char origin[VALUE], cookie[512];
	struct span o = header(wsi, WSI_TOKEN_ORIGIN, origin, VALUE);

	snprintf(cookie, sizeof(cookie),
		 "p1web=%s; Path=/; Max-Age=31536000; "
		 "HttpOnly; SameSite=Strict%s",
		 s->o->token, span_starts(o, SPAN("https:")) ? "; Secure" : "");
	return lws_add_http_header_status(wsi, 303, &p, end) ||
	       add(wsi, WSI_TOKEN_HTTP_LOCATION, "/", &p, end) ||
	       add(wsi, WSI_TOKEN_HTTP_SET_COOKIE, cookie, &p, end) ||
	       lws_add_http_header_content_length(wsi, 0, &p, end) ||
	       lws_finalize_write_http_header(wsi, start, &p, end);
}
