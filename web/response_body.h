/* Reference-counted bytes: one response for all who asked for the same. */
#ifndef WEB_RESPONSE_BODY_H
#define WEB_RESPONSE_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct response_body {
	char *bytes;
	size_t n;
	uint64_t etag; /* of the content, see web/etag.h; 0 if none */
	bool gzip;     /* the bytes are compressed */
	long holders;
	long takers; /* holders to whom it is being sent */
};

/*
 * Create a body that takes over the malloc'd `bytes` (NULL: empty), held by the
 * caller. If out of memory, returns NULL and frees `bytes`.
 */
struct response_body *response_body_of(char *bytes, size_t n);

/*
 * Add a holder and return `b`; remove a holder, freeing it with the last one.
 * NULL is fine.
 */
struct response_body *response_body_hold(struct response_body *b);
void response_body_drop(struct response_body *b);

#endif
