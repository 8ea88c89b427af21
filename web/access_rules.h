/*
 * Access checks. Pure: header bytes in, a verdict out.
 *
 * Host is checked against DNS rebinding: a foreign page can point its own name
 * at this machine, but cannot use an address as its name. Origin is checked
 * because browsers let any page open a WebSocket to anywhere.
 */
#ifndef WEB_ACCESS_RULES_H
#define WEB_ACCESS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/*
 * Is this header's value an address, "localhost", or one of the `names`
 * (separated by blanks or commas), with or without a port?
 */
bool access_rules_host(struct span host, const char *names);

/*
 * Write the names by which this machine is known: its own name `host`, alone and
 * with the suffixes that ordinary routers add, the same for the first part of a
 * `host` with dots, and those in `more`. Truncated to `size`.
 */
void access_rules_own_names(char *names, size_t size, const char *host,
			    const char *more);

/*
 * Returns the name in this Host header, without the port; empty if it cannot be
 * the name of a machine.
 */
struct span access_rules_name(struct span host);

/* Is this Origin "http://HOST" or "https://HOST" for the given Host? */
bool access_rules_origin(struct span origin, struct span host);

/* Is this "Bearer TOKEN"? Takes the same time wherever they differ. */
bool access_rules_token(struct span authorization, struct span token);

/* Does this Cookie header contain "p1web=TOKEN"? */
bool access_rules_cookie(struct span cookies, struct span token);

/* Does this form contain "token=TOKEN", as encoded by browsers? */
bool access_rules_form(struct span form, struct span token);

/*
 * Identify the client behind an address by a nonzero number. For IPv6 it covers
 * the first half of the address: a client with one such address usually has
 * them all.
 */
uint64_t access_rules_who(struct span address);

/*
 * Did a page of another site cause this request, by an image or similar? Judged
 * by Sec-Fetch-Site, -Mode and -Dest, which browsers send over https and to
 * this machine. Following a link is allowed, and, if some site may embed the
 * page (`framed`), so is a frame: the browser then makes sure that it belongs
 * to that site.
 */
bool access_rules_foreign(struct span site, struct span mode, struct span dest,
			  bool framed);

/* Rate limit per client: requests per second, and as many in a burst. */
struct access_rules_rate {
	long per_s; /* 0: no limit */
	struct access_rules_bucket {
		uint64_t who;
		int64_t at_ms;
		int64_t left; /* thousandths of a request */
	} bucket[256];
};

/*
 * Count one request of a client at the monotonic now_ms. Returns whether it is
 * allowed.
 */
bool access_rules_rate_take(struct access_rules_rate *r, uint64_t who,
			    int64_t now_ms);

#endif
