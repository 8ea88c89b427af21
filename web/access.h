/*
 * Access control by the headers of a request (web/access_rules.h has the rules), and
 * the login form.
 */
#ifndef WEB_ACCESS_H
#define WEB_ACCESS_H

#include "web/server_state.h"

/*
 * May another connection start? If few are left, close the longest silent ones.
 * access_active notes that a client has sent something.
 */
bool access_connection(struct server *s);
int access_active(struct server *s, struct lws *wsi);

/* The client's identity, see access_rules_who. */
uint64_t access_who(struct lws *wsi);

/*
 * Returns a status and a sentence if refused, else 0. The first also checks the
 * request itself and returns its method: LWSHUMETH_GET, _HEAD, or _POST of the
 * login form.
 */
int access_request(struct server *s, struct lws *wsi, const char *path,
		   int *method, const char **why);
int access_refuses(struct server *s, struct lws *wsi, const char *path,
		   const char **why);

/*
 * The login form: take a piece of it (nonzero: it is too long); check its
 * token; respond with the cookie (nonzero: hang up).
 */
int access_form(struct client *c, const char *bytes, size_t n);
bool access_right(const struct server *s, const struct client *c);
int access_welcome(const struct server *s, struct lws *wsi);

#endif
