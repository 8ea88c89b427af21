/*
 * AES-128-GCM with a tag of 96 bits, from OpenSSL; the one file that knows it.
 */
#ifndef TELEGRAM_AESGCM_H
#define TELEGRAM_AESGCM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum { AESGCM_KEY = 16, AESGCM_IV = 12, AESGCM_TAG = 12 };

/*
 * Decrypt `text` into `out`, which has text.n bytes. *proven: the tag fits key,
 * iv, `auth` (associated data) and text. false when this build has no OpenSSL,
 * or OpenSSL failed.
 */
bool aesgcm_open(const uint8_t key[static AESGCM_KEY],
		 const uint8_t iv[static AESGCM_IV], struct span auth,
		 struct span text, const uint8_t tag[static AESGCM_TAG],
		 char *out, bool *proven);

/* The other way round, as a meter does it: p1sim and tests. `tag` is written. */
bool aesgcm_seal(const uint8_t key[static AESGCM_KEY],
		 const uint8_t iv[static AESGCM_IV], struct span auth,
		 struct span text, char *out, uint8_t tag[static AESGCM_TAG]);

#endif
