#include "telegram/decipher.h"

#include "telegram/aesgcm.h"

enum {
	TITLE = 8,
	COUNTER = 4,
	TAG = AESGCM_TAG,
	SECURITY = 0x30, /* encrypted and authenticated */
	BEFORE_LENGTH = 2 + TITLE,
};

/* The parts of one frame, borrowed. */
struct cipher_parts {
	const uint8_t *title, *counter, *text, *tag;
	size_t text_length;
	size_t total;
};

/* Size of the length field at p, and its value; 0 if it is invalid. */
static size_t read_length(const uint8_t *p, size_t n, size_t *length)
{
	if (n >= 1 && p[0] < 0x80) {
		*length = p[0];
		return 1;
	}
	if (n >= 2 && p[0] == 0x81) {
		*length = p[1];
		return 2;
	}
	if (n >= 3 && p[0] == 0x82) {
		*length = (size_t)p[1] << 8 | p[2];
		return 3;
	}
	return 0;
}

static bool is_start(const uint8_t *p, size_t n)
{
	return (n < 1 || p[0] == CIPHER_START) && (n < 2 || p[1] == TITLE);
}

size_t decipher_frame(struct span bytes)
{
	const uint8_t *p = (const uint8_t *)bytes.p;
	size_t field, length = 0;

	if (bytes.n == 0 || !is_start(p, bytes.n))
		return 0;
	if (bytes.n < BEFORE_LENGTH + 4)
		return 1;
	field = read_length(p + BEFORE_LENGTH, bytes.n - BEFORE_LENGTH,
			    &length);
	if (field == 0 || length <= 1 + COUNTER + TAG ||
	    p[BEFORE_LENGTH + field] != SECURITY)
		return 0;
	return BEFORE_LENGTH + field + length;
}

static bool take_apart(struct span frame, struct cipher_parts *out)
{
	const uint8_t *p = (const uint8_t *)frame.p;
	size_t field, length = 0;

	out->total = decipher_frame(frame);
	if (out->total < BEFORE_LENGTH || out->total > frame.n)
		return false;
	field = read_length(p + BEFORE_LENGTH, frame.n - BEFORE_LENGTH,
			    &length);
	out->title = p + 2;
	out->counter = p + BEFORE_LENGTH + field + 1;
	out->text = out->counter + COUNTER;
	out->text_length = length - 1 - COUNTER - TAG;
	out->tag = out->text + out->text_length;
	return true;
}

enum deciphered decipher(const struct cipher_keys *keys, struct span frame,
			 char *out, size_t size, struct span *text)
{
	uint8_t iv[TITLE + COUNTER], auth[1 + CIPHER_KEY] = { SECURITY };
	struct cipher_parts f;
	bool proven;

	if (!take_apart(frame, &f) || f.text_length > size)
		return DECIPHER_FAILED;
	memcpy(iv, f.title, TITLE);
	memcpy(iv + TITLE, f.counter, COUNTER);
	memcpy(auth + 1, keys->auth, CIPHER_KEY);
	if (!aesgcm_open(keys->key, iv,
			 (struct span){ (char *)auth, sizeof(auth) },
			 (struct span){ (const char *)f.text, f.text_length },
			 f.tag, out, &proven))
		return DECIPHER_FAILED;
	*text = (struct span){ out, f.text_length };
	return proven || !keys->has_auth ? DECIPHERED : DECIPHER_WRONG_TAG;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool cipher_key_parse(struct span hex, uint8_t key[static CIPHER_KEY])
{
	uint8_t bytes[CIPHER_KEY];

	if (hex.n != 2 * CIPHER_KEY)
		return false;
	for (size_t i = 0; i < CIPHER_KEY; i++) {
		int high = hex_digit(hex.p[2 * i]);
		int low = hex_digit(hex.p[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		bytes[i] = (uint8_t)(high << 4 | low);
	}
	memcpy(key, bytes, CIPHER_KEY);
	return true;
}
