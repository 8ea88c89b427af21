/*
 * Addresses as the settings write them: "127.0.0.1:5005", "[::1]:5005". No name
 * is looked up here, "localhost" apart: a name server may take its time, and
 * nothing in this room waits.
 */
#ifndef FORWARD_ENDPOINT_H
#define FORWARD_ENDPOINT_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { ENDPOINT_TEXT = 80 }; /* bytes of its name, NUL included */

struct endpoint {
	struct sockaddr_storage address;
	socklen_t length;
	char text[ENDPOINT_TEXT]; /* "127.0.0.1:5005", for messages */
};

/* Read "address:port". ERR_CONFIG says what is wrong with it. */
int endpoint_parse(const char *text, struct endpoint *out, struct err *e);

/* The same from its two parts; port from 1 to 65535. */
int endpoint_make(const char *address, long port, struct endpoint *out,
		  struct err *e);

/*
 * Cut "host:port", "[host]:port" or "host" in two, for who looks names up by
 * himself; the port that is not there is `preset`. ERR_CONFIG when there is no
 * host, or one of `size` bytes and more, or no port from 1 to 65535.
 */
int endpoint_split(const char *text, long preset, char *host, size_t size,
		   long *port, struct err *e);

/* 224.0.0.0 to 239.255.255.255 (RFC 5771), or ff00::/8 (RFC 4291, 2.7). */
bool endpoint_is_multicast(const struct endpoint *at);

#endif
