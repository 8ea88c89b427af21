/* Compressed responses (RFC 9110 8.4). */
#ifndef WEB_COMPRESS_H
#define WEB_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

enum {
	COMPRESS_LEVEL = 6, /* for what is compressed for one client */
	COMPRESS_ONCE = 9,  /* for what is kept */
	COMPRESS_MIN = 256, /* bytes: compressing less saves nothing */
};

/* Does this Accept-Encoding header allow gzip, other than by "q=0"? */
bool compress_is_accepted(struct span accept_encoding);

/*
 * Compress n bytes (below 1 GiB) with gzip. Returns malloc'd bytes and *size,
 * or NULL if out of memory.
 */
char *compress_gzip(const char *bytes, size_t n, int level, size_t *size);

#endif
