/* Encrypt telegrams like meters in Luxembourg and Austria. */
#ifndef SIM_ENCRYPT_H
#define SIM_ENCRYPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "telegram/decipher.h"

struct encrypt {
	struct cipher_keys keys;
	uint32_t counter; /* frame counter */
};

/*
 * Read the keys, 32 hexadecimal digits each; without `auth_path` (NULL) use the
 * authentication key printed in Luxembourg's specification. ERR_ABSENT,
 * ERR_FORMAT.
 */
int encrypt_begin(struct encrypt *s, const char *key_path,
		  const char *auth_path, struct err *e);

enum { ENCRYPT_MORE = 30 }; /* size of a frame beyond its telegram */

/*
 * Write the frame of a telegram of n bytes to `out`, of n + ENCRYPT_MORE bytes.
 * Returns its length; 0 if this build lacks the cipher.
 */
size_t encrypt_telegram(struct encrypt *s, const char *telegram, size_t n,
			char *out);

#endif
