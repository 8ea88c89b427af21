#include "base/printable.h"

#include <stdint.h>
#include <stdio.h>

/* Code points that are invisible or change how others look. */
static const struct {
	uint32_t from, to;
} hidden[] = {
	{ 0x00, 0x1F },	      { 0x7F, 0x9F },	  /* controls */
	{ 0xAD, 0xAD },	      { 0x61C, 0x61C },	  /* soft hyphen, Arabic mark */
	{ 0x180E, 0x180E },   { 0x200B, 0x200F }, /* zero width, LRM, RLM */
	{ 0x2028, 0x202E },   { 0x2060, 0x206F }, /* lines, directions */
	{ 0xFEFF, 0xFEFF },   { 0xFFF9, 0xFFFB }, /* byte order, annotations */
	{ 0xE0000, 0xE0FFF },			  /* tags */
};

static bool is_hidden(uint32_t code)
{
	for (size_t i = 0; i < COUNT(hidden); i++)
		if (code >= hidden[i].from && code <= hidden[i].to)
			return true;
	return false;
}

/* UTF-8 sequences: bits of the first byte, lowest code point. */
static const struct {
	unsigned char mask, lead;
	uint32_t least;
} forms[] = {
	{ 0x80, 0x00, 0 },
	{ 0xE0, 0xC0, 0x80 },
	{ 0xF0, 0xE0, 0x800 },
	{ 0xF8, 0xF0, 0x10000 },
};

/* Length of the character at the start of s; 0: invalid. */
static size_t decode(struct span s, uint32_t *code)
{
	unsigned char first = (unsigned char)s.p[0];
	size_t more = 0;

	while (more < COUNT(forms) &&
	       (first & forms[more].mask) != forms[more].lead)
		more++;
	if (more == COUNT(forms) || s.n <= more)
		return 0;
	*code = first & (unsigned char)~forms[more].mask;
	for (size_t i = 1; i <= more; i++) {
		if ((s.p[i] & 0xC0) != 0x80)
			return 0;
		*code = *code << 6 | (s.p[i] & 0x3F);
	}
	if (*code < forms[more].least || *code > 0x10FFFF ||
	    (*code >= 0xD800 && *code <= 0xDFFF))
		return 0;
	return more + 1;
}

struct span printable_ascii(struct span *rest)
{
	struct span s = { rest->p, 0 };

	while (s.n < rest->n && s.p[s.n] >= ' ' && s.p[s.n] <= '~')
		s.n++;
	*rest = span_skip(*rest, s.n);
	return s;
}

/* Copy the first n bytes of *rest as they are. */
static size_t copy(struct span *rest, size_t n, char *piece)
{
	memcpy(piece, rest->p, n);
	piece[n] = '\0';
	*rest = span_skip(*rest, n);
	return n;
}

size_t printable_next(struct span *rest, char piece[static PRINTABLE_PIECE])
{
	uint32_t code;
	size_t n = decode(*rest, &code), used = 0;

	if (n > 0 && !is_hidden(code))
		return copy(rest, n, piece);
	for (size_t i = 0; i < (n > 0 ? n : 1); i++)
		used += (size_t)snprintf(piece + used, PRINTABLE_PIECE - used,
					 "\\x%02x", (unsigned char)rest->p[i]);
	*rest = span_skip(*rest, n > 0 ? n : 1);
	return used;
}

size_t printable_next_json(struct span *rest,
			   char piece[static PRINTABLE_PIECE])
{
	enum { PLANE = 0x10000, HIGH = 0xD800, LOW = 0xDC00 };
	uint32_t code;
	size_t n = decode(*rest, &code);

	if (n > 0 && (code < ' ' || !is_hidden(code)))
		return copy(rest, n, piece);
	if (n == 0)
		code = (unsigned char)rest->p[0];
	*rest = span_skip(*rest, n > 0 ? n : 1);
	if (code < PLANE)
		return (size_t)snprintf(piece, PRINTABLE_PIECE, "\\u%04x",
					(unsigned)code);
	code -= PLANE;
	return (size_t)snprintf(piece, PRINTABLE_PIECE, "\\u%04x\\u%04x",
				(unsigned)(HIGH + (code >> 10)),
				(unsigned)(LOW + (code & 0x3FF)));
}

size_t printable(char *buf, size_t size, struct span text)
{
	char piece[PRINTABLE_PIECE];
	size_t used = 0;

	while (text.n > 0) {
		size_t n = printable_next(&text, piece);

		if (used + n >= size)
			break;
		memcpy(buf + used, piece, n);
		used += n;
	}
	buf[used] = '\0';
	return used;
}

/* Length without a character truncated at the end. */
static size_t whole_characters(const char *text, size_t n)
{
	while (n > 0 && (text[n - 1] & 0xC0) == 0x80)
		n--;
	return n > 0 && (text[n - 1] & 0x80) != 0 ? n - 1 : n;
}

size_t printable_format(char *buf, size_t size, const char *fmt, va_list ap)
{
	char text[PRINTABLE_MAX];
	int n = vsnprintf(text, sizeof(text), fmt, ap);
	size_t used = n < 0 ? 0 : (size_t)n;

	if (used >= sizeof(text))
		used = whole_characters(text, sizeof(text) - 1);
	return printable(buf, size, (struct span){ text, used });
}

bool is_printable(struct span text)
{
	uint32_t code;
	size_t n = 1;

	for (; text.n > 0 && n > 0; text = span_skip(text, n)) {
		n = decode(text, &code);
		if (n > 0 && is_hidden(code))
			n = 0;
		if (n == 0)
			return false;
	}
	return true;
}
