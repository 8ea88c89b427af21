#include "web/metrics_text.h"

#include <inttypes.h>

#include "base/printable.h"

void metrics_text_head(FILE *out, const struct metric *m)
{
	fprintf(out, "# HELP p1_%s %s\n# TYPE p1_%s %s\n", m->name, m->help,
		m->name, m->counter ? "counter" : "gauge");
}

void metrics_text_one(FILE *out, const struct metric *m, int64_t value)
{
	metrics_text_head(out, m);
	fprintf(out, "p1_%s %" PRId64 "\n", m->name, value);
}

void metrics_text_label(FILE *out, const char *before, const char *name,
			struct span text)
{
	char piece[PRINTABLE_PIECE];

	fprintf(out, "%s%s=\"", before, name);
	while (text.n > 0) {
		size_t n = printable_next(&text, piece);

		for (size_t i = 0; i < n; i++) {
			if (piece[i] == '\\' || piece[i] == '"')
				putc('\\', out);
			putc(piece[i], out);
		}
	}
	putc('"', out);
}
