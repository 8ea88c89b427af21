#include "storage/db/repairs.h"

#include <stdarg.h>
#include <stdio.h>

enum { SENTENCE = 400 };

void repairs_say(const struct repairs *r, const char *fmt, ...)
{
	char sentence[SENTENCE];
	va_list ap;

	if (r == NULL || r->say == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(sentence, sizeof(sentence), fmt, ap);
	va_end(ap);
	r->say(r->ctx, sentence);
}
