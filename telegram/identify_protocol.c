#include "telegram/identify_protocol.h"

#include <stdbool.h>
#include <stdint.h>

#include "telegram/decipher.h"
#include "telegram/lines.h"

enum {
	FLAG = 0x7E,
	FORMAT = 0xA0,	/* type 3, in the high four bits */
	HEADER_MIN = 9, /* bytes of a frame, between its flags */
	ADDRESSES = 2,	/* offset, after format and length */
	ADDRESS_MAX = 4,
	GOOD_CRC = 0xF0B8, /* residue of data followed by its CRC */
};

/* CRC-16/X-25, bit by bit: used rarely and briefly. */
static uint16_t crc_x25(const uint8_t *p, size_t n)
{
	uint16_t crc = 0xFFFF;

	for (; n > 0; n--) {
		crc ^= *p++;
		for (int bit = 0; bit < 8; bit++)
			crc = (uint16_t)(crc >> 1 ^ (crc & 1 ? 0x8408 : 0));
	}
	return crc;
}

/*
 * Bytes of the two addresses, which end with an odd byte, and the control byte.
 */
static size_t before_header_check(const uint8_t *p, size_t n)
{
	size_t at = ADDRESSES;

	for (int address = 0; address < 2; address++) {
		size_t end = at + ADDRESS_MAX;

		while (at < end && at < n && (p[at] & 1) == 0)
			at++;
		at++;
	}
	return at + 1;
}

/* Is there a flag, followed by the start of a frame or a complete one? */
static bool is_hdlc(struct span s)
{
	const uint8_t *p = (const uint8_t *)s.p + 1;
	size_t n, head;

	if (s.n < HEADER_MIN + 2 || (uint8_t)*s.p != FLAG ||
	    (p[0] & 0xF0) != FORMAT)
		return false;
	n = (size_t)(p[0] & 7) << 8 | p[1];
	head = before_header_check(p, s.n - 1) + 2;
	if (n < HEADER_MIN - 2 || head > s.n - 1)
		return false;
	return crc_x25(p, head) == GOOD_CRC ||
	       (n + 1 < s.n && p[n] == FLAG && crc_x25(p, n) == GOOD_CRC);
}

/* Match a long frame: 68 L L 68, L bytes, the low byte of their sum, 16. */
static bool is_mbus(struct span s)
{
	enum { START = 0x68, STOP = 0x16, HEAD = 4, TAIL = 2, LEAST = 3 };
	const uint8_t *p = (const uint8_t *)s.p;
	uint8_t sum = 0;
	size_t n;

	if (s.n < HEAD || p[0] != START || p[3] != START || p[1] != p[2])
		return false;
	n = p[1];
	if (n < LEAST || s.n < HEAD + n + TAIL || p[HEAD + n + 1] != STOP)
		return false;
	for (size_t i = 0; i < n; i++)
		sum = (uint8_t)(sum + p[HEAD + i]);
	return sum == p[HEAD + n];
}

/* Match a frame, or the start of one with all its markers. */
static bool is_encrypted(struct span s)
{
	size_t n = decipher_frame(s);

	return n > 1 && n <= CIPHER_FRAME_MAX;
}

/*
 * Match a header, a blank line, an empty title, a two-byte length and security.
 */
static bool is_untitled(struct span s)
{
	enum { TITLE, LENGTH, SECURITY = 4, MARKS };
	struct span rest = s, line;
	const uint8_t *p;

	if (!header_starts(s) || !span_cut(&rest, '\n', &line) ||
	    line.n > HEADER_SPAN)
		return false;
	while (rest.n > 0 && (*rest.p == '\r' || *rest.p == '\n'))
		rest = span_skip(rest, 1);
	p = (const uint8_t *)rest.p;
	return rest.n >= MARKS && p[TITLE] == 0 && p[LENGTH] == 0x82 &&
	       p[SECURITY] == 0x30;
}

enum protocol protocol_of(struct span bytes)
{
	for (struct span s = bytes; s.n > 0; s = span_skip(s, 1))
		if (is_untitled(s))
			return PROTOCOL_UNTITLED;
	if (telegram_tried(bytes))
		return PROTOCOL_P1;
	/*
	 * Look for this kind first: such a frame may contain bytes that look
	 * like the next two kinds.
	 */
	for (struct span s = bytes; s.n > 0; s = span_skip(s, 1))
		if (is_mbus(s))
			return PROTOCOL_MBUS;
	for (; bytes.n > 0; bytes = span_skip(bytes, 1)) {
		if (is_encrypted(bytes))
			return PROTOCOL_ENCRYPTED;
		if (is_hdlc(bytes))
			return PROTOCOL_HDLC;
	}
	return PROTOCOL_NOISE;
}
