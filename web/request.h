/* Requests and responses. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct response_body;
struct job;
struct words;

struct request {
	const char *path;
	/*
	 * The value of "name=" in the query string, decoded, truncated to the
	 * buffer; NULL: missing.
	 */
	const char *(*arg)(void *ctx, const char *name, char *buf, int size);
	void *ctx;
	uint64_t who;		   /* client, see access_rules_who; 0 if none */
	bool gzip;		   /* the client accepts compressed responses */
	const struct words *words; /* in the language of the client */
	bool named;		   /* the client asks for that language */
};

struct answer {
	int status;	  /* HTTP status */
	const char *type; /* MIME */
	char *body;	  /* freed by the caller */
	size_t n;
	uint64_t etag; /* of the content, see web/etag.h; 0: do not store */
	bool gzip;     /* the body is compressed */
	struct response_body
		*shared; /* if not NULL: replaces these four; dropped by
				the caller */
	long retry_s;	 /* if not 0: a retry may succeed after this time */
	bool large;	 /* refused: it asks for too much */
	struct job *job; /* if not NULL: wait until it is done, then call
				routes_job */
};

#endif
