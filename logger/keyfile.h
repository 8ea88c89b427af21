/*
 * Keys for encrypted telegrams, from files readable only for the service's user
 * and root (logger/file_access.h): 32 hexadecimal digits each. No message ever
 * contains a key.
 */
#ifndef LOGGER_KEYFILE_H
#define LOGGER_KEYFILE_H

#include "base/err.h"
#include "telegram/decipher.h"

/*
 * Read the key from `path` and the authentication key from `auth_path`; ""
 * means none. Returns 1 and *keys; 0 if no key is set; ERR_PERMISSION if this
 * user may not read a file; ERR_CONFIG if a file is missing, readable by
 * others, or not a key.
 */
int keyfile_load(const char *path, const char *auth_path,
		 struct cipher_keys *keys, struct err *e);

#endif
