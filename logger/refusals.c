#include "logger/refusals.h"

#include <inttypes.h>
#include <stdio.h>

int64_t refusals_sum(const struct refusals *r)
{
	int64_t sum = 0;

	for (int i = 0; i < REFUSAL_COUNT; i++)
		sum += r->of[i];
	return sum;
}

char *refusals_text(char buf[static REFUSALS_TEXT], const struct refusals *r)
{
	size_t n = 0;

	buf[0] = '\0';
	for (int i = 0; i < REFUSAL_COUNT; i++)
		if (r->of[i] != 0 && n < REFUSALS_TEXT)
			n += (size_t)snprintf(buf + n, REFUSALS_TEXT - n,
					      "%s%s %" PRId64, n ? ", " : "",
					      refusal_words[i], r->of[i]);
	return buf;
}
