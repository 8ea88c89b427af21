#include "forward/service_state.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/fixed.h"

/* Numbers and names by their keys in the text. */
static const struct {
	const char *word;
	size_t at;
} numbers[] = {
	{ "rate", offsetof(struct service_state, rate) },
	{ "held", offsetof(struct service_state, held) },
	{ "unwritten", offsetof(struct service_state, unwritten) },
}, names[] = {
	{ "port", offsetof(struct service_state, port) },
	{ "disconnected",
	  offsetof(struct service_state, disconnected) },
};

static void add(char *buf, size_t size, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void add(char *buf, size_t size, const char *fmt, ...)
{
	size_t n = strlen(buf);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(buf + n, size - n, fmt, ap);
	va_end(ap);
}

static void add_count(char *buf, int64_t n, const char *word)
{
	if (n > 0)
		add(buf, SERVICE_STATE_LINE, ", %" PRId64 " %s", n, word);
}

static int64_t all_refused(const struct service_state *s)
{
	int64_t sum = 0;

	for (int i = 0; i < REFUSAL_COUNT; i++)
		sum += s->counts.refused[i];
	return sum;
}

char *service_state_line(char buf[static SERVICE_STATE_LINE],
			 const struct service_state *s, int64_t age_s)
{
	enum { SIZE = SERVICE_STATE_LINE };

	buf[0] = '\0';
	add(buf, SIZE, "%s%s", s->port[0] != '\0' ? s->port : "no port found",
	    s->lost && s->port[0] != '\0' ? " is lost" : "");
	if (s->rate > 0)
		add(buf, SIZE, s->rate < 1000 ? ", %.1g/s" : ", %.2g/s",
		    (double)s->rate / 1000);
	if (age_s >= 0)
		add(buf, SIZE, ", last %" PRId64 " s ago", age_s);
	else
		add(buf, SIZE, ", no telegram yet");
	add_count(buf, s->held, "held");
	add_count(buf, all_refused(s), "refused");
	add_count(buf, s->unwritten, "not written");
	if (s->disconnected[0] != '\0')
		add(buf, SIZE, ", %s disconnected", s->disconnected);
	return buf;
}

size_t service_state_write(char buf[static SERVICE_STATE_TEXT],
			   const struct service_state *s)
{
	const char *base = (const char *)s;

	service_counts_write(buf, &s->counts);
	for (size_t i = 0; i < COUNT(names); i++)
		if (base[names[i].at] != '\0')
			add(buf, SERVICE_STATE_TEXT, "%s %s\n", names[i].word,
			    base + names[i].at);
	for (size_t i = 0; i < COUNT(numbers); i++) {
		int64_t n;

		memcpy(&n, base + numbers[i].at, sizeof(n));
		if (n != 0)
			add(buf, SERVICE_STATE_TEXT, "%s %" PRId64 "\n",
			    numbers[i].word, n);
	}
	if (s->lost)
		add(buf, SERVICE_STATE_TEXT, "lost 1\n");
	return strlen(buf);
}

static bool is_printable(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return true;
}

static void read_line(struct service_state *s, struct span word,
		      struct span rest)
{
	char *base = (char *)s;

	for (size_t i = 0; i < COUNT(names); i++)
		if (span_eq(word, span_of(names[i].word)) && rest.n > 0 &&
		    is_printable(rest) && rest.n < SERVICE_STATE_NAME) {
			memcpy(base + names[i].at, rest.p, rest.n);
			base[names[i].at + rest.n] = '\0';
		}
	for (size_t i = 0; i < COUNT(numbers); i++) {
		int64_t n;

		if (span_eq(word, span_of(numbers[i].word)) &&
		    fixed_parse(rest, 0, &n))
			memcpy(base + numbers[i].at, &n, sizeof(n));
	}
	if (span_eq(word, SPAN("lost")))
		s->lost = span_eq(rest, SPAN("1"));
}

void service_state_read(struct service_state *s, struct span text)
{
	struct span line, word;

	*s = (struct service_state){ 0 };
	service_counts_read(&s->counts, text);
	while (span_cut(&text, '\n', &line)) {
		word = span_take(&line, ' ');
		read_line(s, word, line);
	}
}
