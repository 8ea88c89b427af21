/*
 * Addresses as written in the settings: "127.0.0.1:5005", "[::1]:5005". Host
 * names other than "localhost" are not resolved: a name server may be slow, and
 * nothing in this room blocks.
 */
#ifndef FORWARD_ENDPOINT_H
#define FORWARD_ENDPOINT_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { ENDPOINT_TEXT = 80 }; /* size of `text`, NUL included */

struct endpoint {
	struct sockaddr_storage address;
	socklen_t length;
	char text[ENDPOINT_TEXT]; /* "127.0.0.1:5005", for messages */
};

/* Parse "address:port". ERR_CONFIG says what is wrong. */
int endpoint_parse(const char *text, struct endpoint *out, struct err *e);

/* Like endpoint_parse, from address and port (1 to 65535). */
int endpoint_make(const char *address, long port, struct endpoint *out,
		  struct err *e);

/*
 * Split "host:port", "[host]:port" or "host", for callers that resolve names
 * themselves; a missing port becomes `preset`, unless that is 0. ERR_CONFIG if
 * there is no host, if it needs `size` bytes or more, if there is a scheme
 * ("mqtt://") or a path, or if the port is missing or not from 1 to 65535.
 */
int endpoint_split(const char *text, long preset, char *host, size_t size,
		   long *port, struct err *e);

/* 224.0.0.0 to 239.255.255.255 (RFC 5771), or ff00::/8 (RFC 4291, 2.7). */
bool endpoint_is_multicast(const struct endpoint *at);

#endif
