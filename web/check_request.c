#include "web/check_request.h"

#include "web/access_rules.h"
#include "web/compress.h"
#include "web/connection_limit.h"
#include "web/server_options.h"
#include "web/words.h"

enum {
	VALUE = 300,	/* size of a header that is checked */
	COOKIES = 2048, /* the same for cookies, including other sites' on this
			   host */
	HELD = 8 << 20, /* maximum bytes of responses not yet taken */
};

static struct span header(struct lws *wsi, enum lws_token_indexes which,
			  char *value, int size)
{
	int n = lws_hdr_copy(wsi, value, size, which);

	return (struct span){ value, n > 0 ? (size_t)n : 0 };
}

/*
 * A browser also sends its cookie when another page merely links here, so
 * anything but reading requires the token in the Authorization header.
 */
static int lacks_token(const struct server *s, struct lws *wsi,
		       const char *path, const char **why)
{
	struct span token = span_of(s->o->token);
	char said[VALUE], cookies[COOKIES];

	*why = "a token is required: see [web] token_file";
	if (routes_acts(path) && token.n == 0)
		return 403;
	*why = "the token is missing or wrong";
	if (!routes_acts(path) &&
	    (!s->o->token_for_reading || routes_open(path) ||
	     access_rules_cookie(
		     header(wsi, WSI_TOKEN_HTTP_COOKIE, cookies, COOKIES),
		     token)))
		return 0;
	return access_rules_token(
		       header(wsi, WSI_TOKEN_HTTP_AUTHORIZATION, said, VALUE),
		       token)
		       ? 0
		       : 401;
}

/*
 * libwebsockets treats an encoded %0D as the end of the line: then the version
 * is missing and the rest of the line is read as a header. An encoded %00 would
 * truncate the path.
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

int check_request_first(struct server *s, struct lws *wsi, const char *path,
			int *method, const char **why)
{
	char *uri;
	int n;

	*method = lws_http_get_uri_and_method(wsi, &uri, &n);
	*why = "only GET and HEAD are supported";
	if (!is_answered(*method, path))
		return 405;
	*why = "not an HTTP/1.1 request";
	if (!is_whole(wsi, uri, (size_t)n))
		return 400;
	*why = "too many responses are waiting to be read";
	if (s->held > HELD / 2)
		connection_limit_make_room(s);
	if (s->held > HELD)
		return 503;
	return check_request_refuses(s, wsi, path, why);
}

uint64_t check_request_client(struct lws *wsi)
{
	char peer[64] = "";

	lws_get_peer_simple(wsi, peer, sizeof(peer));
	return access_rules_who(span_of(peer));
}

/*
 * Get a header that libwebsockets has no number for; `name` is in lower case.
 */
static struct span other_header(struct lws *wsi, const char *name, char *value,
				int size)
{
	int n = lws_hdr_custom_copy(wsi, value, size, name, (int)strlen(name));

	return (struct span){ value, n > 0 ? (size_t)n : 0 };
}

static bool is_foreign(const struct server *s, struct lws *wsi)
{
	char site[32], mode[32], dest[32];

	return access_rules_foreign(
		other_header(wsi, "sec-fetch-site:", site, 32),
		other_header(wsi, "sec-fetch-mode:", mode, 32),
		other_header(wsi, "sec-fetch-dest:", dest, 32),
		s->o->frame[0] != '\0');
}

int check_request_refuses(struct server *s, struct lws *wsi, const char *path,
			  const char **why)
{
	char host[VALUE], origin[VALUE];
	struct span h = header(wsi, WSI_TOKEN_HOST, host, VALUE);
	bool foreign;

	*why = "too many requests";
	if (!access_rules_rate_take(&s->rate, check_request_client(wsi),
				    clock_monotonic_ms(s->w->clock)))
		return 429;
	*why = "this host name is not listed in [web] hosts: add it there and "
	       "restart p1web";
	if (!access_rules_host(h, s->o->names))
		return 403;
	*why = "requests from other sites are refused";
	foreign = is_foreign(s, wsi) ||
		  (lws_hdr_total_length(wsi, WSI_TOKEN_ORIGIN) > 0 &&
		   !access_rules_origin(
			   header(wsi, WSI_TOKEN_ORIGIN, origin, VALUE), h));
	return foreign ? 403 : lacks_token(s, wsi, path, why);
}

bool check_request_gzip(struct lws *wsi)
{
	char value[VALUE];

	return compress_is_accepted(
		header(wsi, WSI_TOKEN_HTTP_ACCEPT_ENCODING, value, VALUE));
}

const struct words *check_request_words(struct lws *wsi, bool *named)
{
	char value[VALUE];

	return words_for(
		header(wsi, WSI_TOKEN_HTTP_ACCEPT_LANGUAGE, value, VALUE),
		named);
}

bool check_request_unknown_host(const struct server *s, struct lws *wsi,
				char name[static CHECK_REQUEST_NAME])
{
	char host[VALUE], accept[VALUE];
	struct span h = header(wsi, WSI_TOKEN_HOST, host, VALUE);

	header(wsi, WSI_TOKEN_HTTP_ACCEPT, accept, VALUE);
	snprintf(name, CHECK_REQUEST_NAME, "%.*s",
		 SPAN_ARG(access_rules_name(h)));
	return !access_rules_host(h, s->o->names) &&
	       strstr(accept, "text/html") != NULL;
}
