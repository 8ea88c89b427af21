#include "base/fixed.h"

#include <string.h>

bool fixed_take(struct span *s, struct fixed *out)
{
	const char *p = s->p, *const end = p + s->n, *point;
	uint64_t v = 0;
	unsigned d;

	for (; p < end && (d = digit_value(*p)) <= 9; p++)
		v = v * 10 + d;
	if (p - s->p > FIXED_WHOLE)
		return false;
	point = p;
	out->decimals = 0;
	if (p < end && *p == '.')
		for (p++; p < end && (d = digit_value(*p)) <= 9; p++)
			if (out->decimals < FIXED_DECIMALS) {
				v = v * 10 + d;
				out->decimals++;
			}
	if (point == s->p && out->decimals == 0)
		return false;
	out->digits = v;
	*s = (struct span){ p, (size_t)(end - p) };
	return true;
}

bool fixed_parse(struct span s, int scale, int64_t *out)
{
	struct fixed f;

	if (scale < 0 || scale > FIXED_DECIMALS || !fixed_take(&s, &f) ||
	    s.n > 0)
		return false;
	*out = fixed_count(f, (size_t)scale);
	return true;
}

char *fixed_with_point(char buf[static FIXED_TEXT], struct span text)
{
	int64_t ignored;
	size_t sign = text.n > 0 && *text.p == '-';
	char *comma;

	if (text.n == 0 || text.n >= FIXED_TEXT)
		return NULL;
	memcpy(buf, text.p, text.n);
	buf[text.n] = '\0';
	comma = strchr(buf, ',');
	if (comma == NULL)
		return NULL;
	*comma = '.';
	return fixed_parse(span_of(buf + sign), 0, &ignored) ? buf : NULL;
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
