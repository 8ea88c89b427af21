#include "base/fixed.h"

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

static uint64_t size_of(int64_t v)
{
	return v < 0 ? -(uint64_t)v : (uint64_t)v;
}

/* Write the sign of v, and n, which has no sign. Returns the length. */
static size_t put(char *buf, int64_t v, uint64_t n)
{
	size_t length = (size_t)(v < 0) + 1, i;

	for (uint64_t rest = n; rest >= 10; rest /= 10)
		length++;
	for (i = length; i-- > (size_t)(v < 0); n /= 10)
		buf[i] = (char)('0' + n % 10);
	if (v < 0)
		buf[0] = '-';
	buf[length] = '\0';
	return length;
}

size_t fixed_whole(char buf[static FIXED_TEXT], int64_t v)
{
	return put(buf, v, size_of(v));
}

/* Returns the length. */
static size_t put_decimals(char *buf, int64_t thousandths)
{
	uint64_t n = size_of(thousandths);
	size_t length = put(buf, thousandths, n / 1000);

	put(buf + length, 0, n % 1000 + 1000); /* with its zeros */
	buf[length] = '.';
	return length + 4;
}

char *fixed_format(char buf[static FIXED_TEXT], int64_t thousandths)
{
	put_decimals(buf, thousandths);
	return buf;
}

size_t fixed_short(char buf[static FIXED_TEXT], int64_t thousandths)
{
	size_t n = put_decimals(buf, thousandths);

	while (buf[n - 1] == '0' && buf[n - 2] != '.')
		n--;
	buf[n] = '\0';
	return n;
}
