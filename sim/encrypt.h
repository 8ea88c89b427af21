/* Telegrams encrypted, as meters of Luxembourg and Austria send them. */
#ifndef SIM_ENCRYPT_H
#define SIM_ENCRYPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "telegram/decipher.h"

struct encrypt {
	struct cipher_keys keys;
	uint32_t counter; /* of frames */
};

/*
 * Read the keys, 32 hexadecimal digits each; without `auth_path` (NULL) the
 * authentication key is the one that Luxembourg's specification prints.
 * ERR_ABSENT, ERR_FORMAT.
 */
int encrypt_begin(struct encrypt *s, const char *key_path,
		  const char *auth_path, struct err *e);

enum { ENCRYPT_MORE = 30 }; /* bytes that a frame has beyond its telegram */

/*
 * Write the frame around n bytes of telegram into `out`, of n + ENCRYPT_MORE
 * bytes. Returns its length; 0 when this build has no cipher.
 */
size_t encrypt_telegram(struct encrypt *s, const char *telegram, size_t n,
			char *out);

#endif
