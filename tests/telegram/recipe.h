/*
 * Telegrams for the tests, from recipes. A recipe is the telegram's text with
 *
 *	^   nothing; the CRC is computed from here
 *	#   the CRC since the ^, as a meter prints it: "0A3F"
 *	~   the same as other meters print it: "a3f"
 *	$   the CRC of the text with CR LF for each LF
 *	%   a wrong CRC
 *	`   the byte 0
 */
#ifndef TESTS_TELEGRAM_RECIPE_H
#define TESTS_TELEGRAM_RECIPE_H

#include <stdio.h>
#include <string.h>

#include "telegram/crc16.h"

static uint16_t recipe_crc(const char *p, size_t n, bool lf)
{
	uint16_t crc = 0;

	for (size_t i = 0; i < n; i++) {
		if (lf && p[i] == '\n')
			crc = crc16(crc, "\r", 1);
		crc = crc16(crc, p + i, 1);
	}
	return crc;
}

/* Cook a recipe into out, which must be large enough. Returns the length. */
static inline size_t recipe_cook(const char *recipe, char *out)
{
	size_t n = 0, start = 0;
	unsigned crc;

	for (; *recipe != '\0'; recipe++) {
		if (*recipe == '^') {
			start = n;
			continue;
		}
		if (strchr("#~$%", *recipe) == NULL) {
			out[n++] = *recipe == '`' ? '\0' : *recipe;
			continue;
		}
		crc = recipe_crc(out + start, n - start, *recipe == '$');
		if (*recipe == '%')
			crc ^= 0x8001;
		n += (size_t)sprintf(out + n, *recipe == '~' ? "%x" : "%04X",
				     crc);
	}
	return n;
}

#endif
