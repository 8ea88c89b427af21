#include "logger/refusal_counts.h"

#include <inttypes.h>
#include <stdio.h>

int64_t refusal_counts_sum(const struct refusal_counts *r)
{
	int64_t sum = 0;

	for (int i = 0; i < REFUSAL_COUNT; i++)
		sum += r->of[i];
	return sum;
}

char *refusal_counts_text(char buf[static REFUSAL_COUNTS_TEXT],
			  const struct refusal_counts *r)
{
	size_t n = 0;

	buf[0] = '\0';
	for (int i = 0; i < REFUSAL_COUNT; i++)
		if (r->of[i] != 0 && n < REFUSAL_COUNTS_TEXT)
			n += (size_t)snprintf(buf + n, REFUSAL_COUNTS_TEXT - n,
					      "%s%s %" PRId64, n ? ", " : "",
					      refusal_words[i], r->of[i]);
	return buf;
}
