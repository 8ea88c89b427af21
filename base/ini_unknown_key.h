/*
 * Internal to base/ini_file.c: refuse keys that are not in the table, and
 * format the names of keys.
 */
#ifndef BASE_INI_UNKNOWN_KEY_H
#define BASE_INI_UNKNOWN_KEY_H

#include <stddef.h>

#include "base/err.h"
#include "base/ini_key_types.h"

/*
 * Write "section:name" as in a file: "[section] name". Truncates longer text.
 */
enum { INI_KEY_TEXT = 160 };
char *ini_key_text(char buf[static INI_KEY_TEXT], const char *key);

/*
 * Refuse the key "section:name" of the file `path`, or the section if there is
 * no colon, and name the one that was probably meant. Returns ERR_CONFIG.
 */
int ini_unknown_key(const struct ini_key *keys, size_t n, const char *path,
		    const char *key, struct err *e);

#endif
