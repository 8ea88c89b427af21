/* Origins (RFC 6454): scheme, host and port of a site. Pure. */
#ifndef BASE_ORIGIN_H
#define BASE_ORIGIN_H

#include "base/err.h"

/*
 * Is this "http://HOST" or "https://HOST", with or without a port, and nothing
 * else: no path, no wildcard? Returns 0, or ERR_CONFIG and a sentence that
 * starts with `key`.
 */
int origin_check(const char *origin, const char *key, struct err *e);

#endif
