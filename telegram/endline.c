#include "telegram/endline.h"

enum { CRC_DIGITS = 4 };

bool line_starts(struct span bytes, size_t i)
{
	while (i > 0 && (bytes.p[i - 1] == ' ' || bytes.p[i - 1] == '\t'))
		i--;
	return i == 0 || bytes.p[i - 1] == '\n';
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_legible(char c)
{
	return c >= ' ' && c <= '~';
}

/* Skip a `c` at i, if present. */
static size_t skip(struct span s, size_t i, char c)
{
	return i < s.n && s.p[i] == c ? i + 1 : i;
}

/*
 * An end line is at the start of a line or after a ')', followed by nothing
 * legible.
 */
struct end_line end_line_at(struct span s, size_t bang, bool ended)
{
	struct end_line e = { 0 };
	size_t i = bang + 1;
	int digit;

	if (!line_starts(s, bang) && s.p[bang - 1] != ')')
		return e;
	for (; e.digits < CRC_DIGITS && i < s.n &&
	       (digit = hex_digit(s.p[i])) >= 0;
	     i++, e.digits++)
		e.crc = (uint16_t)(e.crc << 4 | digit);
	e.is = i == s.n || s.p[i] == '/' || !is_legible(s.p[i]);
	i = skip(s, i, '\0');
	i = skip(s, i, '\r');
	e.next = skip(s, i, '\n');
	e.more = e.is && !ended && i == s.n;
	return e;
}
