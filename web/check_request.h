/* Check the headers of a request by the rules in web/access_rules.h. */
#ifndef WEB_CHECK_REQUEST_H
#define WEB_CHECK_REQUEST_H

#include "web/server_state.h"

/* The client's identity, see access_rules_who. */
uint64_t check_request_client(struct lws *wsi);

enum { CHECK_REQUEST_NAME = 300 };

/* What the client accepts: gzip, and which language, see words_for. */
bool check_request_gzip(struct lws *wsi);
const struct words *check_request_words(struct lws *wsi, bool *named);

/*
 * Is this a person at a browser who used a host name that is not in the
 * settings? Writes the name; empty if it is not one.
 */
bool check_request_unknown_host(const struct server *s, struct lws *wsi,
				char name[static CHECK_REQUEST_NAME]);

/*
 * Returns a status and a sentence if refused, else 0. The first also checks the
 * request itself and returns its method: LWSHUMETH_GET, _HEAD, or _POST of the
 * login form.
 */
int check_request_first(struct server *s, struct lws *wsi, const char *path,
			int *method, const char **why);
int check_request_refuses(struct server *s, struct lws *wsi, const char *path,
			  const char **why);

#endif
