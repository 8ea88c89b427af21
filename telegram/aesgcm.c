#include "telegram/aesgcm.h"

#ifdef HAVE_OPENSSL

#include <openssl/evp.h>

#include "base/load_library.h"

#define FUNCTIONS(X)                                                           \
	X(CIPHER_CTX_new)                                                      \
	X(CIPHER_CTX_free)                                                     \
	X(CIPHER_CTX_ctrl)                                                     \
	X(aes_128_gcm)                                                         \
	X(DecryptInit_ex)                                                      \
	X(DecryptUpdate)                                                       \
	X(DecryptFinal_ex)                                                     \
	X(EncryptInit_ex)                                                      \
	X(EncryptUpdate)                                                       \
	X(EncryptFinal_ex)

static struct {
#define X(name) __typeof__(EVP_##name) *name;
	FUNCTIONS(X)
#undef X
} evp;

static const char *const names[] = {
#define X(name) "EVP_" #name,
	FUNCTIONS(X)
#undef X
};

#define VERSION_OF(number) #number
#define FILE_OF(number) "libcrypto.so." VERSION_OF(number)

bool aesgcm_load(void)
{
	static bool loaded;

	if (!loaded)
		loaded = load_library(FILE_OF(OPENSSL_SHLIB_VERSION), names,
				      COUNT(names), &evp);
	return loaded;
}

static bool tag_fits(EVP_CIPHER_CTX *c, const uint8_t tag[static AESGCM_TAG])
{
	uint8_t copy[AESGCM_TAG], none[AESGCM_KEY];
	int n;

	memcpy(copy, tag, sizeof(copy));
	return evp.CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, AESGCM_TAG, copy) ==
		       1 &&
	       evp.DecryptFinal_ex(c, none, &n) == 1;
}

bool aesgcm_open(const uint8_t key[static AESGCM_KEY],
		 const uint8_t iv[static AESGCM_IV], struct span auth,
		 struct span text, const uint8_t tag[static AESGCM_TAG],
		 char *out, bool *proven)
{
	EVP_CIPHER_CTX *c = aesgcm_load() ? evp.CIPHER_CTX_new() : NULL;
	int n;
	bool ok =
		c != NULL &&
		evp.DecryptInit_ex(c, evp.aes_128_gcm(), NULL, key, iv) == 1 &&
		evp.DecryptUpdate(c, NULL, &n, (const uint8_t *)auth.p,
				  (int)auth.n) == 1 &&
		evp.DecryptUpdate(c, (uint8_t *)out, &n,
				  (const uint8_t *)text.p, (int)text.n) == 1;

	*proven = ok && tag_fits(c, tag);
	if (c != NULL)
		evp.CIPHER_CTX_free(c);
	return ok;
}

bool aesgcm_seal(const uint8_t key[static AESGCM_KEY],
		 const uint8_t iv[static AESGCM_IV], struct span auth,
		 struct span text, char *out, uint8_t tag[static AESGCM_TAG])
{
	EVP_CIPHER_CTX *c = aesgcm_load() ? evp.CIPHER_CTX_new() : NULL;
	uint8_t none[AESGCM_KEY];
	int n;
	bool ok =
		c != NULL &&
		evp.EncryptInit_ex(c, evp.aes_128_gcm(), NULL, key, iv) == 1 &&
		evp.EncryptUpdate(c, NULL, &n, (const uint8_t *)auth.p,
				  (int)auth.n) == 1 &&
		evp.EncryptUpdate(c, (uint8_t *)out, &n,
				  (const uint8_t *)text.p, (int)text.n) == 1 &&
		evp.EncryptFinal_ex(c, none, &n) == 1 &&
		evp.CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, AESGCM_TAG, tag) ==
			1;

	if (c != NULL)
		evp.CIPHER_CTX_free(c);
	return ok;
}

#else

bool aesgcm_load(void)
{
	return false;
}

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
