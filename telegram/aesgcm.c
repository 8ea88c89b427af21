#include "telegram/aesgcm.h"

#ifdef HAVE_OPENSSL

#include <openssl/evp.h>

static bool tag_fits(EVP_CIPHER_CTX *c, const uint8_t tag[static AESGCM_TAG])
{
	uint8_t copy[AESGCM_TAG], none[AESGCM_KEY];
	int n;

	memcpy(copy, tag, sizeof(copy));
	return EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, AESGCM_TAG, copy) ==
		       1 &&
	       EVP_DecryptFinal_ex(c, none, &n) == 1;
}

bool aesgcm_open(const uint8_t key[static AESGCM_KEY],
		 const uint8_t iv[static AESGCM_IV], struct span auth,
		 struct span text, const uint8_t tag[static AESGCM_TAG],
		 char *out, bool *proven)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int n;
	bool ok =
		c != NULL &&
		EVP_DecryptInit_ex(c, EVP_aes_128_gcm(), NULL, key, iv) == 1 &&
		EVP_DecryptUpdate(c, NULL, &n, (const uint8_t *)auth.p,
				  (int)auth.n) == 1 &&
		EVP_DecryptUpdate(c, (uint8_t *)out, &n,
				  (const uint8_t *)text.p, (int)text.n) == 1;

	*proven = ok && tag_fits(c, tag);
	EVP_CIPHER_CTX_free(c);
	return ok;
}

bool aesgcm_seal(const uint8_t key[static AESGCM_KEY],
		 const uint8_t iv[static AESGCM_IV], struct span auth,
		 struct span text, char *out, uint8_t tag[static AESGCM_TAG])
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	uint8_t none[AESGCM_KEY];
	int n;
	bool ok =
		c != NULL &&
		EVP_EncryptInit_ex(c, EVP_aes_128_gcm(), NULL, key, iv) == 1 &&
		EVP_EncryptUpdate(c, NULL, &n, (const uint8_t *)auth.p,
				  (int)auth.n) == 1 &&
		EVP_EncryptUpdate(c, (uint8_t *)out, &n,
				  (const uint8_t *)text.p, (int)text.n) == 1 &&
		EVP_EncryptFinal_ex(c, none, &n) == 1 &&
		EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, AESGCM_TAG, tag) ==
			1;

	EVP_CIPHER_CTX_free(c);
	return ok;
}

#else

bool aesgcm_open(const uint8_t key[static AESGCM_KEY],
		 const uint8_t iv[static AESGCM_IV], struct span auth,
		 struct span text, const uint8_t tag[static AESGCM_TAG],
		 char *out, bool *proven)
{
	(void)key, (void)iv, (void)auth, (void)text, (void)tag, (void)out;
	*proven = false;
	return false;
}

bool aesgcm_seal(const uint8_t key[static AESGCM_KEY],
		 const uint8_t iv[static AESGCM_IV], struct span auth,
		 struct span text, char *out, uint8_t tag[static AESGCM_TAG])
{
	(void)key, (void)iv, (void)auth, (void)text, (void)out, (void)tag;
	return false;
}

#endif
