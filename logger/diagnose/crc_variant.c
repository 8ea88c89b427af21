#include "logger/diagnose/crc_variant.h"

#include <string.h>

#include "telegram/crc16.h"

static bool has(struct span text, char c)
{
	return memchr(text.p, c, text.n) != NULL;
}

/* The CRC as if each line end, `repeated` characters `end`, were CR LF. */
static uint16_t restored(struct span text, char end, size_t repeated)
{
	uint16_t crc = 0;

	for (size_t i = 0, ends = 0; i < text.n; i++) {
		if (text.p[i] != end)
			crc = crc16(crc, text.p + i, 1);
		else if (++ends % repeated == 0)
			crc = crc16(crc, "\r\n", 2);
	}
	return crc;
}

bool crc_of_changed_ends(struct span text, uint16_t crc)
{
	if (crc16_restored(text.p, text.n) == crc)
		return true;
	if (!has(text, '\n'))
		return restored(text, '\r', 1) == crc;
	return !has(text, '\r') && restored(text, '\n', 2) == crc;
}

/* The lowest bit first: the polynomial is reflected. */
static uint16_t low_first(uint16_t crc, uint16_t polynomial, unsigned char byte)
{
	crc ^= byte;
	for (int bit = 0; bit < 8; bit++)
		crc = (uint16_t)(crc >> 1 ^ (crc & 1 ? polynomial : 0));
	return crc;
}

static uint16_t high_first(uint16_t crc, uint16_t polynomial,
			   unsigned char byte)
{
	crc ^= (uint16_t)(byte << 8);
	for (int bit = 0; bit < 8; bit++)
		crc = (uint16_t)(crc << 1 ^ (crc & 0x8000 ? polynomial : 0));
	return crc;
}

static const struct variant {
	uint16_t (*step)(uint16_t crc, uint16_t polynomial, unsigned char byte);
	uint16_t polynomial, start, mask;
} variants[] = {
	{ low_first, 0x8408, 0xFFFF, 0xFFFF }, /* X.25 */
	{ low_first, 0x8408, 0, 0 },	       /* KERMIT */
	{ low_first, 0xA001, 0xFFFF, 0 },      /* MODBUS */
	{ low_first, 0xA001, 0, 0 },	       /* ARC, that of P1 */
	{ high_first, 0x1021, 0xFFFF, 0 },     /* IBM-3740 */
	{ high_first, 0x1021, 0, 0 },	       /* XMODEM */
};

static bool is_either(uint16_t crc, uint16_t want)
{
	return crc == want || (uint16_t)(crc << 8 | crc >> 8) == want;
}

bool crc_of_another_kind(struct span text, uint16_t crc)
{
	for (size_t v = 0; v < COUNT(variants) && text.n > 0; v++) {
		const struct variant *how = &variants[v];
		uint16_t sum = how->start;
		size_t i = 0;

		for (; i + 1 < text.n; i++)
			sum = how->step(sum, how->polynomial,
					(unsigned char)text.p[i]);
		if (is_either(sum ^ how->mask, crc))
			return true;
		sum = how->step(sum, how->polynomial, (unsigned char)text.p[i]);
		if (is_either(sum ^ how->mask, crc))
			return true;
	}
	return false;
}
