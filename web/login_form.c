#include "web/login_form.h"

#include "web/access_rules.h"
#include "web/server_options.h"

enum {
	VALUE = 300,	/* size of the header that is read */
	HEADERS = 2048, /* size of the headers we write */
};

int login_form_take(struct client *c, const char *bytes, size_t n)
{
	if (!c->posts || n > sizeof(c->form) - c->form_n)
		return -1;
	if (n > 0) /* an empty form has no body */
		memcpy(c->form + c->form_n, bytes, n);
	c->form_n += n;
	return 0;
}

bool login_form_is_right(const struct server *s, const struct client *c)
{
	return access_rules_form((struct span){ c->form, c->form_n },
				 span_of(s->o->token));
}

static int add(struct lws *wsi, enum lws_token_indexes which, const char *text,
	       unsigned char **p, unsigned char *end)
{
	return lws_add_http_header_by_token(wsi, which,
					    (const unsigned char *)text,
					    (int)strlen(text), p, end);
}

/*
 * For a request forwarded by a TLS proxy, mark the cookie Secure. In a frame of
 * another site, browsers keep only a cookie that is marked for it, and only
 * over TLS; they then send it only in frames of that site (CHIPS).
 */
static const char *cookie_rules(const struct server *s, struct lws *wsi,
				bool secure)
{
	static const char name[] = "sec-fetch-dest:";
	char dest[32];
	int n = lws_hdr_custom_copy(wsi, dest, sizeof(dest), name,
				    (int)strlen(name));
	bool frame = s->o->frame[0] != '\0' && n > 0 &&
		     span_eq((struct span){ dest, (size_t)n }, SPAN("iframe"));

	if (!secure)
		return "SameSite=Strict";
	return frame ? "SameSite=None; Secure; Partitioned"
		     : "SameSite=Strict; Secure";
}

int login_form_welcome(const struct server *s, struct lws *wsi)
{
	unsigned char buf[LWS_PRE + HEADERS], *start = buf + LWS_PRE;
	unsigned char *p = start, *end = buf + sizeof(buf) - 1;
	char origin[VALUE], cookie[512];
	int n = lws_hdr_copy(wsi, origin, VALUE, WSI_TOKEN_ORIGIN);
	struct span o = { origin, n > 0 ? (size_t)n : 0 };

	snprintf(cookie, sizeof(cookie),
		 "p1web=%s; Path=/; Max-Age=31536000; "
		 "HttpOnly; %s",
		 s->o->token,
		 cookie_rules(s, wsi, span_starts(o, SPAN("https:"))));
	return lws_add_http_header_status(wsi, 303, &p, end) ||
	       add(wsi, WSI_TOKEN_HTTP_LOCATION, "/", &p, end) ||
	       add(wsi, WSI_TOKEN_HTTP_SET_COOKIE, cookie, &p, end) ||
	       add(wsi, WSI_TOKEN_HTTP_CACHE_CONTROL, "no-store", &p, end) ||
	       lws_add_http_header_content_length(wsi, 0, &p, end) ||
	       lws_finalize_write_http_header(wsi, start, &p, end);
}
