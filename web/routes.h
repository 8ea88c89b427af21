/*
 * What is answered under which path: one row each. Knows no connection.
 */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "web/request.h"

struct job;
struct web;

/*
 * Answer a request to read, without waiting for anything. Always gives an
 * answer, or what will become one: of a failure it is a document {"error":
 * sentence, "code": status, "name": of the status}. ERR_FAILED when memory is
 * short.
 */
int routes_answer(struct web *w, const struct request *r, struct answer *a,
		  struct err *e);

/* The paths there are, each once, without those of web/page.h and of pictures;
 * NULL behind the last. */
const char *routes_path(size_t i);

/* Is this more than reading: only with the token, and GET alone? */
bool routes_acts(const char *path);

/* Is this for who has not said the token yet: the form for it, its looks? */
bool routes_open(const char *path);

/* The answer that `later`, which is done, has become. ERR_FAILED as above. */
int routes_later(const struct job *later, struct answer *a, struct err *e);

/*
 * Answer the question `key` (web/question.h) from the journal, which takes as
 * long as it takes: for a worker. ERR_FAILED as above.
 */
int routes_question(struct web *w, const char *key, struct answer *a,
		    struct err *e);

/* The page that asks for the token. */
int routes_login(int status, struct answer *a, struct err *e);

/* The same document for what the server itself refuses. */
int routes_refuse(int status, const char *sentence, struct answer *a,
		  struct err *e);

#endif
