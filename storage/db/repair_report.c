#include "storage/db/repair_report.h"

#include <stdarg.h>
#include <stdio.h>

enum { SENTENCE = 400 };

void repair_report_say(const struct repair_report *r, const char *fmt, ...)
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
