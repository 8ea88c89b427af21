/*
 * Encrypted telegrams (Luxembourg, Austria): a frame of general-glo-ciphering,
 * AES-128-GCM, around a complete telegram.
 *
 *	DB 08 title[8] length 30 counter[4] ciphertext tag[12]
 *
 * `length` counts what follows it: 82 and two bytes, 81 and one, or one below
 * 80 (hexadecimal). Source: Luxmetering E-Meter P1 specification 1.1.3,
 * section 3.2.5; DLMS UA 1000-2, general-glo-ciphering.
 */
#ifndef TELEGRAM_DECIPHER_H
#define TELEGRAM_DECIPHER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum {
	CIPHER_KEY = 16,	  /* bytes of a key */
	CIPHER_START = 0xDB,	  /* the first byte of a frame */
	CIPHER_FRAME_MAX = 16384, /* bytes; a longer frame is noise */
};

struct cipher_keys {
	uint8_t key[CIPHER_KEY];  /* the meter's key, from the grid operator */
	bool has_auth;		  /* else tags are not checked */
	uint8_t auth[CIPHER_KEY]; /* authentication key */
};

/*
 * Returns the total length of the frame at the start of `bytes`: 0 if there is
 * none, 1 if there are too few bytes to tell.
 */
size_t decipher_frame(struct span bytes);

enum deciphered {
	DECIPHERED,	    /* *text is the telegram; authenticated if
			       has_auth */
	DECIPHER_WRONG_TAG, /* wrong key, or damaged */
	DECIPHER_FAILED,    /* incomplete frame, or a build without a cipher */
};

/*
 * Decrypt a complete frame into `out` of `size` bytes (frame.n is always
 * enough). *text points into out. Without an authentication key the tag proves
 * nothing: check the telegram's own CRC.
 */
enum deciphered decipher(const struct cipher_keys *keys, struct span frame,
			 char *out, size_t size, struct span *text);

/* Read a key of 32 hexadecimal digits. Returns false for anything else. */
bool cipher_key_parse(struct span hex, uint8_t key[static CIPHER_KEY]);

#endif
