/* The table of paths and their handlers. Knows nothing of connections. */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/span.h"
#include "web/request.h"

struct job;
struct handler_data;
struct words;

/*
 * Respond to a read request without waiting. Always produces a response, or a
 * job that will; a failure is a document {"error": sentence, "code": status,
 * "name": of the status}. ERR_FAILED if out of memory.
 */
int routes_answer(struct handler_data *w, const struct request *r,
		  struct answer *a, struct err *e);

/*
 * All paths, each once, except those of web/static_files.h and of charts; NULL
 * after the last.
 */
const char *routes_path(size_t i);

/* Does this path do more than read, so that it requires the token and GET? */
bool routes_acts(const char *path);

/*
 * Is this path available without the token: the login form, its style, and what
 * a browser needs to install the page?
 */
bool routes_open(const char *path);

/*
 * Return the response of a finished `job`. ERR_FAILED if out of memory.
 */
int routes_job(const struct job *job, struct answer *a, struct err *e);

/*
 * Respond to the query `key` (web/query_job.h) from the journal, however long
 * it takes: for a query thread. ERR_FAILED if out of memory.
 */
int routes_question(struct handler_data *w, const char *key, struct answer *a,
		    struct err *e);

/* The login page. */
int routes_login(int status, struct answer *a, struct err *e);

/*
 * The page that says which line of the settings makes p1web accept the host
 * `name` (empty if it cannot be a name).
 */
int routes_unknown_host(const struct words *w, struct span name,
			struct answer *a, struct err *e);

/* The error document for requests that the server itself refuses. */
int routes_refuse(int status, const char *sentence, struct answer *a,
		  struct err *e);

#endif
