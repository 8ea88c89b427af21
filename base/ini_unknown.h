/* Internal to base/ini_file.c: refuse what the table of keys does not have. */
#ifndef BASE_INI_UNKNOWN_H
#define BASE_INI_UNKNOWN_H

#include <stddef.h>

#include "base/err.h"
#include "base/ini_key.h"

/*
 * Refuse the key "section:name" of the file `path`, or the section if there is
 * no colon, and name the one that was probably meant. Returns ERR_CONFIG.
 */
int ini_unknown(const struct ini_key *keys, size_t n, const char *path,
		const char *key, struct err *e);

#endif
