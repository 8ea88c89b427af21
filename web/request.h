/* What is asked, and what is answered. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <stddef.h>

struct later;

struct request {
	const char *path;
	/* The value of a "name=" in the query string, decoded, cut to the
	 * buffer; NULL: none. */
	const char *(*arg)(void *ctx, const char *name, char *buf, int size);
	void *ctx;
};

struct answer {
	int status;	  /* of HTTP */
	const char *type; /* MIME */
	char *body;	  /* the caller frees it */
	size_t n;
	struct later *later; /* not NULL: nothing else counts before it is
	                        done; then ask routes_later */
};

#endif
