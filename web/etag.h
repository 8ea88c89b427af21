/*
 * ETags (RFC 9110 8.8.3): a client that has the content already is told so
 * instead of being sent it again. Pure.
 */
#ifndef WEB_ETAG_H
#define WEB_ETAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum { ETAG_TEXT = 32 };

/* A hash of the content, before any compression; never 0. */
uint64_t etag_of(const char *bytes, size_t n);

/*
 * Format it with its quotes. Compressed content has another one, since the
 * bytes differ.
 */
void etag_format(char text[static ETAG_TEXT], uint64_t etag, bool gzip);

/*
 * Does this If-None-Match header contain `etag`, as formatted, or "*"? A weak
 * one ("W/") counts: proxies that change the compression weaken it.
 */
bool etag_is_known(struct span if_none_match, const char *etag);

#endif
