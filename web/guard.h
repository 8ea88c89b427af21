/*
 * Who may ask. Pure: bytes of headers in, an answer out.
 *
 * Host is looked at against DNS rebinding: a foreign page can give its own name
 * this machine's address, but not an address of its own as name. Origin is
 * looked at since browsers let any page open a WebSocket to anywhere.
 */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/*
 * Is this header's value an address, "localhost", or one of the names between
 * blanks or commas in `names`, with or without a port?
 */
bool guard_host(struct span host, const char *names);

/* Is this Origin "http://HOST" or "https://HOST", with the Host of it? */
bool guard_origin(struct span origin, struct span host);

enum { GUARD_TOKEN_MIN = 16 }; /* characters */

/* Is this "Bearer TOKEN"? Takes the same time whatever is wrong with it. */
bool guard_token(struct span authorization, struct span token);

/* Does this Cookie have "p1web=TOKEN"? */
bool guard_cookie(struct span cookies, struct span token);

/* Does this form have "token=TOKEN", as browsers send it? */
bool guard_form(struct span form, struct span token);

/* May it stand in a cookie as it is? */
bool guard_is_token(struct span token);

/*
 * The client behind an address, as a number that is not 0. Of version 6 it is the
 * first half: a client that has one such address has all that begin so.
 */
uint64_t guard_who(struct span address);

/*
 * Does another site's page cause this request, by an image or the like? By the
 * headers Sec-Fetch-Site, -Mode and -Dest, which browsers send over https and to
 * this machine. A person who follows a link is let through.
 */
bool guard_foreign(struct span site, struct span mode, struct span dest);

/* Of each client so many requests per second, and as many at once. */
struct guard_rate {
	long per_s; /* 0: no limit */
	struct guard_bucket {
		uint64_t who;
		int64_t at_ms;
		int64_t left; /* thousandths of a request */
	} bucket[256];
};

/* Count one request of a client at the monotonic now_ms: may it be? */
bool guard_rate_take(struct guard_rate *r, uint64_t who, int64_t now_ms);

#endif
