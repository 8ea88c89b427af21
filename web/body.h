/* Bytes that several hold: an answer for all who asked for the same. */
#ifndef WEB_BODY_H
#define WEB_BODY_H

#include <stddef.h>

struct body {
	char *bytes;
	size_t n;
	long holders;
	long takers; /* of them, those to whom it is being sent */
};

/*
 * A body of the malloc'd `bytes`, which it owns from now on (NULL: it is
 * empty), with one holder: the caller. NULL when memory is short; `bytes` is
 * freed then.
 */
struct body *body_of(char *bytes, size_t n);

/* One holder more: returns `b`. One less: the last frees it; NULL is fine. */
struct body *body_hold(struct body *b);
void body_drop(struct body *b);

#endif
