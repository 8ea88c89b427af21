/* AES-128-GCM with a 96-bit tag; the only user of OpenSSL. */
#ifndef TELEGRAM_AESGCM_H
#define TELEGRAM_AESGCM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum { AESGCM_KEY = 16, AESGCM_IV = 12, AESGCM_TAG = 12 };

/*
 * Load OpenSSL; the functions below do so when first called. Returns false if
 * this build was made without it, or the machine lacks it.
 */
bool aesgcm_load(void);

/*
 * Decrypt `text` into `out` of text.n bytes. *proven says whether the tag
 * matches key, iv, `auth` (associated data) and text. Returns false if OpenSSL
 * failed or is missing.
 */
bool aesgcm_open(const uint8_t key[static AESGCM_KEY],
		 const uint8_t iv[static AESGCM_IV], struct span auth,
		 struct span text, const uint8_t tag[static AESGCM_TAG],
		 char *out, bool *proven);

/* Encrypt as a meter does and write `tag`; for p1sim and tests. */
bool aesgcm_seal(const uint8_t key[static AESGCM_KEY],
		 const uint8_t iv[static AESGCM_IV], struct span auth,
		 struct span text, char *out, uint8_t tag[static AESGCM_TAG]);

#endif
