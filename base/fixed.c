#include "base/fixed.h"

#include <inttypes.h>
#include <stdio.h>

enum { WHOLE_DIGITS = 12, SCALE_MAX = 6 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool fixed_parse(struct span s, int scale, int64_t *out)
{
	const char *p = s.p, *const end = s.p + s.n;
	uint64_t v = 0;
	size_t whole, decimals = 0;

	for (; p < end && is_digit(*p); p++)
		v = v * 10 + (uint64_t)(*p - '0');
	whole = (size_t)(p - s.p);
	if (whole > WHOLE_DIGITS || scale < 0 || scale > SCALE_MAX)
		return false;
	if (p < end && *p == '.')
		for (p++; p < end && is_digit(*p); p++)
			if (decimals++ < (size_t)scale)
				v = v * 10 + (uint64_t)(*p - '0');
	if (p < end || whole + decimals == 0)
		return false;
	for (; decimals < (size_t)scale; decimals++)
		v *= 10;
	*out = (int64_t)v;
	return true;
}

char *fixed_format(char buf[static FIXED_TEXT], int64_t thousandths)
{
	uint64_t n = thousandths < 0 ? -(uint64_t)thousandths
				     : (uint64_t)thousandths;

	snprintf(buf, FIXED_TEXT, "%s%" PRIu64 ".%03u",
		 thousandths < 0 ? "-" : "", n / 1000, (unsigned)(n % 1000));
	return buf;
}
