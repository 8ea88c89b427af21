/* What is asked, and what is answered. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct body;
struct job;

struct request {
	const char *path;
	/* The value of a "name=" in the query string, decoded, cut to the
	 * buffer; NULL: none. */
	const char *(*arg)(void *ctx, const char *name, char *buf, int size);
	void *ctx;
	uint64_t who; /* asks: guard_who; 0: nobody in particular */
};

struct answer {
	int status;	  /* of HTTP */
	const char *type; /* MIME */
	char *body;	  /* the caller frees it */
	size_t n;
	struct body *shared; /* not NULL: instead of body and n; the caller
	                      * drops it */
	long retry_s;	     /* not 0: asking again may help after so long */
	bool large;	     /* refused: it asks for too much */
	struct job *later;   /* not NULL: nothing else counts before it is
	                        done; then ask routes_later */
};

#endif
