/* Internal to base/conf.c: refuse what the table of keys does not have. */
#ifndef BASE_CONF_UNKNOWN_H
#define BASE_CONF_UNKNOWN_H

#include <stddef.h>

#include "base/conf_key.h"
#include "base/err.h"

/*
 * Refuse the key "section:name" of the file `path`, or the section if there is
 * no colon, and name the one that was probably meant. Returns ERR_CONFIG.
 */
int conf_unknown(const struct conf_key *keys, size_t n, const char *path,
		 const char *key, struct err *e);

#endif
