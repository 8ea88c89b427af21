/*
 * The keys for encrypted telegrams, from files that only the service's user
 * and root may read (logger/file_access.h): 32 hexadecimal digits each. No message
 * ever holds one.
 */
#ifndef LOGGER_KEYFILE_H
#define LOGGER_KEYFILE_H

#include "base/err.h"
#include "telegram/decipher.h"

/*
 * Read the key from `path`, and the authentication key from `auth_path`; of "",
 * there is none. 1 and *keys; 0: there is no key. ERR_PERMISSION: this user may
 * not read a file. ERR_CONFIG: there is no such file, others may read it, or it
 * holds no key.
 */
int keyfile_load(const char *path, const char *auth_path,
		 struct cipher_keys *keys, struct err *e);

#endif
