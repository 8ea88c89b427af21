#include "web/access_rules.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { HOST_MAX = 255 };

static bool same(struct span a, struct span b)
{
	return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static bool is_port(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0 && s.n <= 5;
}

/* Strip ":port". IPv6 addresses are in brackets. */
static struct span without_port(struct span host)
{
	for (size_t i = host.n; i > 0 && host.p[i - 1] != ']'; i--)
		if (host.p[i - 1] == ':')
			return is_port(span_skip(host, i))
				       ? (struct span){ host.p, i - 1 }
				       : (struct span){ 0 };
	return host;
}

static bool is_address(struct span name)
{
	char text[HOST_MAX + 1];
	struct in6_addr to;

	if (name.n > 2 && name.p[0] == '[' && name.p[name.n - 1] == ']') {
		memcpy(text, name.p + 1, name.n - 2);
		text[name.n - 2] = '\0';
		return inet_pton(AF_INET6, text, &to) == 1;
	}
	memcpy(text, name.p, name.n);
	text[name.n] = '\0';
	return inet_pton(AF_INET, text, &to) == 1;
}

static bool is_listed(struct span name, const char *names)
{
	while (*names != '\0') {
		size_t n = strcspn(names, " ,");

		if (n > 0 && same(name, (struct span){ names, n }))
			return true;
		names += n + strspn(names + n, " ,");
	}
	return false;
}

bool access_rules_host(struct span host, const char *names)
{
	struct span name = without_port(host);

	if (name.n == 0 || name.n > HOST_MAX)
		return false;
	return is_address(name) || same(name, SPAN("localhost")) ||
	       is_listed(name, names);
}

/* The domains of ordinary routers and of mDNS. */
static const char *const suffixes[] = {
	"",	      ".local",	   ".lan",	   ".home",
	".home.arpa", ".internal", ".localdomain", ".fritz.box",
};

static void add_names(char *names, size_t size, struct span name)
{
	for (size_t i = 0; i < COUNT(suffixes); i++) {
		size_t n = strlen(names);

		snprintf(names + n, size - n, "%.*s%s ", SPAN_ARG(name),
			 suffixes[i]);
	}
}

void access_rules_own_names(char *names, size_t size, const char *host,
			    const char *more)
{
	struct span whole = span_of(host), first = whole;

	names[0] = '\0';
	if (whole.n > 0)
		add_names(names, size, whole);
	if (span_cut(&whole, '.', &first) && first.n > 0)
		add_names(names, size, first);
	snprintf(names + strlen(names), size - strlen(names), "%s", more);
}

struct span access_rules_name(struct span host)
{
	struct span name = without_port(host);

	for (size_t i = 0; i < name.n; i++)
		if (!isalnum((unsigned char)name.p[i]) &&
		    strchr(".-_", name.p[i]) == NULL)
			return SPAN("");
	return name.n <= HOST_MAX ? name : SPAN("");
}

bool access_rules_origin(struct span origin, struct span host)
{
	struct span http = SPAN("http://"), https = SPAN("https://");

	if (span_starts(origin, http))
		return same(span_skip(origin, http.n), host);
	return span_starts(origin, https) &&
	       same(span_skip(origin, https.n), host);
}

/* Compare in a time that depends only on the length of `given`. */
static bool is_it(struct span given, struct span token)
{
	unsigned different = given.n != token.n;

	if (token.n == 0)
		return false;
	for (size_t i = 0; i < given.n; i++)
		different |= (unsigned char)(given.p[i] ^ token.p[i % token.n]);
	return different == 0;
}

bool access_rules_token(struct span authorization, struct span token)
{
	struct span bearer = SPAN("Bearer ");

	return authorization.n >= bearer.n &&
	       strncasecmp(authorization.p, bearer.p, bearer.n) == 0 &&
	       is_it(span_skip(authorization, bearer.n), token);
}

bool access_rules_cookie(struct span cookies, struct span token)
{
	struct span name = SPAN("p1web=");

	while (cookies.n > 0) {
		struct span one = span_trim(span_take(&cookies, ';'));

		if (span_starts(one, name) &&
		    is_it(span_skip(one, name.n), token))
			return true;
	}
	return false;
}

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at =
		c != '\0' ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

/* Decode "%2B" and "+". */
static size_t decode(struct span s, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n && n < size; i++) {
		bool coded = s.p[i] == '%' && i + 2 < s.n &&
			     digit(s.p[i + 1]) >= 0 && digit(s.p[i + 2]) >= 0;

		out[n++] = s.p[i] == '+' ? ' ' : s.p[i];
		if (coded) {
			out[n - 1] = (char)(16 * digit(s.p[i + 1]) +
					    digit(s.p[i + 2]));
			i += 2;
		}
	}
	return n;
}

bool access_rules_form(struct span form, struct span token)
{
	struct span name = SPAN("token=");
	char text[512];

	while (form.n > 0) {
		struct span one = span_take(&form, '&');
		size_t n;

		if (!span_starts(one, name))
			continue;
		n = decode(span_skip(one, name.n), text, sizeof(text));
		return is_it((struct span){ text, n }, token);
	}
	return false;
}

static uint64_t hash(struct span s)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
	return h;
}

uint64_t access_rules_who(struct span address)
{
	struct in6_addr to;
	char text[INET6_ADDRSTRLEN];
	uint64_t who;

	snprintf(text, sizeof(text), "%.*s", SPAN_ARG(address));
	if (inet_pton(AF_INET6, text, &to) == 1 && !IN6_IS_ADDR_V4MAPPED(&to))
		address = (struct span){ (const char *)to.s6_addr, 8 };
	who = hash(address);
	return who != 0 ? who : 1;
}

bool access_rules_foreign(struct span site, struct span mode, struct span dest,
			  bool framed)
{
	if (!same(site, SPAN("cross-site")) && !same(site, SPAN("same-site")))
		return false;
	return !same(mode, SPAN("navigate")) ||
	       !(same(dest, SPAN("document")) ||
		 (framed && same(dest, SPAN("iframe"))));
}

bool access_rules_rate_take(struct access_rules_rate *r, uint64_t who,
			    int64_t now_ms)
{
	struct access_rules_bucket *b = &r->bucket[who % COUNT(r->bucket)];
	int64_t full = 1000 * (int64_t)r->per_s, left;

	if (r->per_s == 0)
		return true;
	if (b->who != who)
		*b = (struct access_rules_bucket){ who, now_ms, full };
	left = b->left + (now_ms - b->at_ms) * r->per_s;
	b->at_ms = now_ms;
	b->left = (left > full ? full : left);
	if (b->left < 1000)
		return false;
	b->left -= 1000;
	return true;
}
