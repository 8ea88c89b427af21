#include "sim/encrypt.h"

#include <stdio.h>
#include <string.h>

#include "telegram/aesgcm.h"

enum { SECURITY = 0x30, TITLE = 8, COUNTER = 4 };

static int read_key(uint8_t key[static CIPHER_KEY], const char *path,
		    struct err *e)
{
	char line[2 * CIPHER_KEY + 2] = "";
	FILE *f = fopen(path, "re");

	if (f == NULL)
		return err_errno(e, ERR_ABSENT, "reading %s", path);
	if (fgets(line, sizeof(line), f) == NULL)
		line[0] = '\0';
	fclose(f);
	line[strcspn(line, "\r\n")] = '\0';
	if (!cipher_key_parse(span_of(line), key))
		return err_set(e, ERR_FORMAT, "%s is not a key", path);
	return 0;
}

int encrypt_begin(struct encrypt *s, const char *key_path,
		  const char *auth_path, struct err *e)
{
	*s = (struct encrypt){
		.keys.auth = { 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
			       0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF },
	};
	if (read_key(s->keys.key, key_path, e) < 0)
		return e->code;
	return auth_path != NULL ? read_key(s->keys.auth, auth_path, e) : 0;
}

static uint8_t byte_of(size_t n, int shift)
{
	return (uint8_t)(n >> shift & 0xFF);
}

/* Source of the format: telegram/decipher.h. */
size_t encrypt_telegram(struct encrypt *s, const char *telegram, size_t n,
			char *out)
{
	const size_t length = 1 + COUNTER + n + AESGCM_TAG;
	const uint32_t count = ++s->counter;
	/* clang-format off */
	const uint8_t head[] = {
		CIPHER_START,	    TITLE,
		'S', 'A', 'G', 'p', '1', 's', 'i', 'm',
		0x82,		    byte_of(length, 8),
		byte_of(length, 0), SECURITY,
		byte_of(count, 24), byte_of(count, 16),
		byte_of(count, 8),  byte_of(count, 0),
	};
	/* clang-format on */
	uint8_t iv[TITLE + COUNTER], auth[1 + CIPHER_KEY] = { SECURITY };
	char *text = out + sizeof(head);

	memcpy(out, head, sizeof(head));
	memcpy(iv, head + 2, TITLE);
	memcpy(iv + TITLE, head + sizeof(head) - COUNTER, COUNTER);
	memcpy(auth + 1, s->keys.auth, CIPHER_KEY);
	if (!aesgcm_seal(s->keys.key, iv,
			 (struct span){ (char *)auth, sizeof(auth) },
			 (struct span){ telegram, n }, text,
			 (uint8_t *)text + n))
		return 0;
	return sizeof(head) + n + AESGCM_TAG;
}
