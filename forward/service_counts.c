#include "forward/service_counts.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/fixed.h"

size_t service_counts_write(char buf[static SERVICE_COUNTS_TEXT],
			    const struct service_counts *c)
{
	int n = snprintf(buf, SERVICE_COUNTS_TEXT, "telegrams %" PRId64 "\n",
			 c->telegrams);

	for (int i = 0; i < REFUSAL_COUNT; i++)
		if (c->refused[i] > 0)
			n += snprintf(buf + n, SERVICE_COUNTS_TEXT - (size_t)n,
				      "refused %s %" PRId64 "\n",
				      refusal_words[i], c->refused[i]);
	return (size_t)n;
}

static void read_refused(struct service_counts *c, struct span rest)
{
	struct span word = span_take(&rest, ' ');

	for (int i = 0; i < REFUSAL_COUNT; i++)
		if (span_eq(word, span_of(refusal_words[i])))
			fixed_parse(rest, 0, &c->refused[i]);
}

void service_counts_read(struct service_counts *c, struct span text)
{
	struct span line, word;

	*c = (struct service_counts){ 0 };
	while (span_cut(&text, '\n', &line)) {
		word = span_take(&line, ' ');
		if (span_eq(word, SPAN("telegrams")))
			fixed_parse(line, 0, &c->telegrams);
		else if (span_eq(word, SPAN("refused")))
			read_refused(c, line);
	}
}
