#include "logger/redact.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "telegram/crc16.h"
#include "telegram/lines.h"
#include "telegram/meaning.h"
#include "telegram/obis.h"

enum { SERIAL_DIGITS = 5 }; /* in a header: as many in a row, or more */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Numbers in the header; the model's name has shorter ones. */
static void mask_header(char *p, size_t n)
{
	for (size_t i = 0; i < n && p[i] != '\r' && p[i] != '\n';) {
		size_t end = i;

		while (end < n && is_digit(p[end]))
			end++;
		if (end - i >= SERIAL_DIGITS)
			memset(p + i, '0', end - i);
		i = end > i ? end : i + 1;
	}
}

static bool is_hex(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!isxdigit((unsigned char)s.p[i]))
			return false;
	return s.n > 0 && s.n % 2 == 0;
}

/*
 * Texts in hexadecimal become zeros in hexadecimal; the channel stands at the
 * end, so that two meters stay two.
 */
static void mask_value(char *p, size_t n, int channel)
{
	bool coded = is_hex((struct span){ p, n });

	for (size_t i = 0; i < n; i++) {
		if (coded)
			p[i] = i % 2 == 0 ? '3' : '0';
		else if (isalnum((unsigned char)p[i]) ||
			 !isprint((unsigned char)p[i]))
			p[i] = p[i] == '\r' || p[i] == '\n' ? p[i] : '0';
	}
	if (n > 1 && (coded || p[n - 1] == '0'))
		p[n - 1] = (char)('0' + channel);
}

static void mask_line(char *text, struct span whole, const struct line *line)
{
	uint32_t obis = obis_parse(line->obis);
	struct span groups = line->groups, value;

	if (!meaning_is_personal(obis))
		return;
	while (telegram_group(&groups, &value))
		mask_value(text + (value.p - whole.p), value.n,
			   obis_channel(obis) % 10);
}

/* Of a text without any CR, as it was before the way took them. */
static uint16_t crc_of(const char *p, size_t n)
{
	return memchr(p, '\r', n) != NULL ? crc16(0, p, n)
					  : crc16_restored(p, n);
}

/* The '!' that ends it, or n. */
static size_t find_end(const char *p, size_t n)
{
	size_t i = n;

	while (i > 0 && p[i - 1] != '!')
		i--;
	return i > 0 ? i - 1 : n;
}

size_t redact_telegram(struct span text, char *out)
{
	struct span rest = text;
	struct line line;
	size_t n = text.n, bang, tail;
	char crc[8], after[REDACT_MORE];
	size_t kept;

	memcpy(out, text.p, n);
	mask_header(out, n);
	while (telegram_line(&rest, &line))
		mask_line(out, text, &line);
	bang = find_end(out, n);
	for (tail = bang + 1; tail < n && isxdigit((unsigned char)out[tail]);)
		tail++;
	if (bang == n || tail == bang + 1)
		return n;
	kept = n - tail < sizeof(after) ? n - tail : sizeof(after);
	memcpy(after, out + tail, kept);
	snprintf(crc, sizeof(crc), "%04X", (unsigned)crc_of(out, bang + 1));
	memcpy(out + bang + 1, crc, 4);
	memcpy(out + bang + 5, after, kept);
	return bang + 5 + kept;
}

void redact_port(char *text)
{
	static const char folder[] = "/by-id/";

	for (text = strstr(text, folder); text != NULL;
	     text = strstr(text, folder)) {
		char *name = text + sizeof(folder) - 1;
		char *end = name + strcspn(name, " \n:;,'");
		char *face = strstr(name, "-if");

		if (face != NULL && face < end)
			end = face;
		for (text = end; text > name && text[-1] != '_'; text--)
			if (isalnum((unsigned char)text[-1]))
				text[-1] = '0';
		text = end;
	}
}
