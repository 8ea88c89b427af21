#include "logger/diagnose/select_findings.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "logger/diagnose/findings_and_texts.h"

size_t select_findings(const struct evidence *ev,
		       enum finding out[FINDING_COUNT])
{
	bool main_found = false;
	size_t n = 0;

	for (int f = 0; f < FINDING_COUNT; f++) {
		if (finding_rows[f].group == GROUP_MAIN && main_found)
			continue;
		if (!finding_rows[f].applies(ev))
			continue;
		main_found = main_found || finding_rows[f].group == GROUP_MAIN;
		out[n++] = (enum finding)f;
	}
	return n;
}

const char *finding_word(enum finding f)
{
	return finding_rows[f].word;
}

int finding_code(enum finding f)
{
	return finding_rows[f].code;
}

static int64_t damaged(const struct damage *d)
{
	return d->flipped + d->lost + d->cut + d->ends + d->other_crc +
	       d->other;
}

static void append(char *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void append(char *buf, const char *format, ...)
{
	size_t n = strlen(buf);
	va_list ap;

	va_start(ap, format);
	vsnprintf(buf + n, FINDING_TEXT - n, format, ap);
	va_end(ap);
}

static void fill(char *buf, char hole, const struct evidence *ev)
{
	switch (hole) {
	case 'p':
		append(buf, "%s", ev->port);
		break;
	case 'r':
		append(buf, "%s", ev->refusal);
		break;
	case 'h':
		append(buf, "%s", ev->holder);
		break;
	case 'm':
		append(buf, "%s", ev->modem_manager);
		break;
	case 's':
		append(buf, "%s", ev->speed);
		break;
	case 'n':
		append(buf, "%" PRId64, ev->bytes.all);
		break;
	case 'w':
		append(buf, "%" PRId64, ev->waited_s);
		break;
	case 'd':
		append(buf, "%" PRId64 " of %" PRId64 " telegrams",
		       damaged(&ev->damage),
		       damaged(&ev->damage) + ev->damage.whole);
		break;
	}
}

static bool ends_in_question(const char *text)
{
	size_t n = strlen(text);

	return n > 0 && text[n - 1] == '?';
}

char *finding_text(char buf[static FINDING_TEXT], enum finding f,
		   const struct evidence *ev)
{
	const char *rest = finding_rows[f].text;

	buf[0] = '\0';
	while (*rest != '\0') {
		size_t n = strcspn(rest, "%");

		append(buf, "%.*s", (int)n, rest);
		rest += n;
		if (*rest == '\0')
			break;
		fill(buf, rest[1], ev);
		rest += 2;
		if (ends_in_question(buf) && *rest == '.')
			rest++;
	}
	return buf;
}
