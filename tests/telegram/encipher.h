/* Encrypt telegrams for the tests, with OpenSSL. */
#ifndef TESTS_TELEGRAM_ENCIPHER_H
#define TESTS_TELEGRAM_ENCIPHER_H

#include <openssl/evp.h>
#include <string.h>

#include "telegram/decipher.h"

static const struct cipher_keys test_keys = {
	.key = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 },
	.has_auth = true,
	.auth = { 0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9,
		  0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF },
};

/* Write the length field for n bytes that follow, in 1, 2 or 3 bytes. */
static inline size_t put_length(uint8_t *p, size_t n, int field)
{
	if (field == 1) {
		p[0] = (uint8_t)n;
	} else if (field == 2) {
		p[0] = 0x81;
		p[1] = (uint8_t)n;
	} else {
		p[0] = 0x82;
		p[1] = (uint8_t)(n >> 8);
		p[2] = (uint8_t)n;
	}
	return (size_t)field;
}

/* Build a meter's frame around `text`, with a length field of 1 to 3 bytes. */
static inline struct span encipher(const struct cipher_keys *keys, uint8_t *out,
				   struct span text, int field)
{
	static const uint8_t title[8] = { 'S', 'A', 'G', 'x', 0, 0, 0, 9 };
	static const uint8_t counter[4] = { 0, 0, 1, 0x2F };
	uint8_t iv[12], auth[17] = { 0x30 }, *p = out;
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int n;

	memcpy(iv, title, 8);
	memcpy(iv + 8, counter, 4);
	memcpy(auth + 1, keys->auth, 16);
	*p++ = 0xDB;
	*p++ = 8;
	memcpy(p, title, 8);
	p += 8;
	p += put_length(p, 1 + 4 + text.n + 12, field);
	*p++ = 0x30;
	memcpy(p, counter, 4);
	p += 4;
	EVP_EncryptInit_ex(c, EVP_aes_128_gcm(), NULL, keys->key, iv);
	EVP_EncryptUpdate(c, NULL, &n, auth, sizeof(auth));
	EVP_EncryptUpdate(c, p, &n, (const uint8_t *)text.p, (int)text.n);
	p += text.n;
	EVP_EncryptFinal_ex(c, p, &n);
	EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, 12, p);
	EVP_CIPHER_CTX_free(c);
	return (struct span){ (char *)out, (size_t)(p + 12 - out) };
}

#endif
