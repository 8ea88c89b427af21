#include "base/fixed.h"

#include <inttypes.h>
#include <stdio.h>

enum { WHOLE_DIGITS = 12, SCALE_MAX = 6 };

/* Cut the digits off the front of *s. */
static struct span take_digits(struct span *s)
{
	struct span digits = { s->p, 0 };

	while (digits.n < s->n && s->p[digits.n] >= '0' &&
	       s->p[digits.n] <= '9')
		digits.n++;
	*s = span_skip(*s, digits.n);
	return digits;
}

bool fixed_parse(struct span s, int scale, int64_t *out)
{
	struct span whole = take_digits(&s), part = { 0 };
	int64_t v = 0;

	if (s.n > 0 && *s.p == '.') {
		s = span_skip(s, 1);
		part = take_digits(&s);
	}
	if (s.n > 0 || whole.n + part.n == 0 || whole.n > WHOLE_DIGITS ||
	    scale < 0 || scale > SCALE_MAX)
		return false;
	for (size_t i = 0; i < whole.n; i++)
		v = v * 10 + (whole.p[i] - '0');
	for (size_t i = 0; i < (size_t)scale; i++)
		v = v * 10 + (i < part.n ? part.p[i] - '0' : 0);
	*out = v;
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
