/*
 * What is answered under which path: one row each. Knows no connection.
 */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include <stddef.h>

#include "base/err.h"

struct later;
struct web;

struct request {
	const char *path;
	/* The value of a "name=" in the query string, decoded, cut to the
	 * buffer; NULL: none. */
	const char *(*arg)(void *ctx, const char *name, char *buf, int size);
	void *ctx;
};

struct answer {
	int status;       /* of HTTP */
	const char *type; /* MIME */
	char *body;       /* the caller frees it */
	size_t n;
	struct later *later; /* not NULL: nothing else counts before it is
	                        done; then ask routes_later */
};

/*
 * Answer a request to read. Always gives an answer: of a failure it is a
 * document {"error": sentence} with the status that fits. ERR_FAILED when
 * memory is short.
 */
int routes_answer(struct web *w, const struct request *r, struct answer *a,
		  struct err *e);

/* The answer that `later`, which is done, has become. ERR_FAILED as above. */
int routes_later(struct web *w, const struct later *later, struct answer *a,
		 struct err *e);

/* The same document for what the server itself refuses. */
int routes_refuse(int status, const char *sentence, struct answer *a,
		  struct err *e);

#endif
