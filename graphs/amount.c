#include "graphs/amount.h"

#include <stdio.h>
#include <string.h>

/* Separates groups of digits and the unit; prevents a line break. */
static const char narrow_space[] = "\u202f";
static const char space[] = "\u00a0";

static int64_t power_of_ten(int n)
{
	int64_t p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

/* Write digits to buf in groups of three. */
static void group(char *buf, const char *digits)
{
	size_t n = strlen(digits);

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0) {
			memcpy(buf, narrow_space, sizeof(narrow_space) - 1);
			buf += sizeof(narrow_space) - 1;
		}
		*buf++ = digits[i];
	}
	*buf = '\0';
}

char *amount_format(char buf[static AMOUNT_TEXT], int64_t value,
		    const struct measure *m)
{
	int64_t parts = power_of_ten(m->decimals);
	int64_t size = value < 0 ? -value : value;
	char digits[24], whole[40];
	int n;

	size = (size * parts + m->size / 2) / m->size;
	snprintf(digits, sizeof(digits), "%lld", (long long)(size / parts));
	group(whole, digits);
	n = snprintf(buf, AMOUNT_TEXT, "%s%s", value < 0 ? "-" : "", whole);
	if (m->decimals > 0)
		n += snprintf(buf + n, AMOUNT_TEXT - (size_t)n, ".%0*lld",
			      m->decimals, (long long)(size % parts));
	snprintf(buf + n, AMOUNT_TEXT - (size_t)n, "%s%s", space, m->unit);
	return buf;
}
