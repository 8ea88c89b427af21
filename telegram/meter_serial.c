#include "telegram/meter_serial.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { SHORTEST = 5 };

/* The value of two hexadecimal digits; -1 if they are not. */
static int byte_of(const char *pair)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *high = strchr(digits, toupper((unsigned char)pair[0]));
	const char *low = strchr(digits, toupper((unsigned char)pair[1]));

	if (pair[0] == '\0' || pair[1] == '\0' || high == NULL || low == NULL)
		return -1;
	return (int)(high - digits) << 4 | (int)(low - digits);
}

/*
 * "34353637" may be the number itself. It is unlikely that the bytes of such a
 * number are all capital letters and digits.
 */
static bool is_serial(struct span identifier)
{
	bool number = true, plain = identifier.n >= 2 * SHORTEST;

	for (size_t i = 0; i < identifier.n; i++)
		number = number && isdigit((unsigned char)identifier.p[i]);
	if (identifier.n == 0 || identifier.n % 2 != 0)
		return false;
	for (size_t i = 0; i < identifier.n; i += 2) {
		int c = byte_of(identifier.p + i);

		if (c < ' ' || c > '~')
			return false;
		plain = plain && (isupper(c) || isdigit(c));
	}
	return !number || plain;
}

char *meter_serial(char buf[static METER_SERIAL_TEXT], struct span identifier)
{
	size_t n = 0;

	if (!is_serial(identifier)) {
		snprintf(buf, METER_SERIAL_TEXT, "%.*s", SPAN_ARG(identifier));
		return buf;
	}
	for (size_t i = 0; i < identifier.n && n + 1 < METER_SERIAL_TEXT;
	     i += 2)
		buf[n++] = (char)byte_of(identifier.p + i);
	buf[n] = '\0';
	return buf;
}
