#include "base/csvout.h"

#include <stdbool.h>

#include "base/printable.h"

/*
 * Characters that start a formula in a spreadsheet; the wide ones are East
 * Asian.
 */
static const char *const formula_marks[] = {
	"=",
	"+",
	"-",
	"@",
	"\xEF\xBC\x9D",
	"\xEF\xBC\x8B",
	"\xEF\xBC\x8D",
	"\xEF\xBC\xA0",
};

/* "-12", "+0.5" */
static bool is_number(struct span s)
{
	size_t digits = 0, points = 0;

	if (s.n > 0 && (*s.p == '-' || *s.p == '+'))
		s = span_skip(s, 1);
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';

		if (!digit && s.p[i] != '.')
			return false;
		digits += digit;
		points += !digit;
	}
	return digits > 0 && points <= 1;
}

static bool is_formula(struct span s)
{
	for (size_t i = 0; i < COUNT(formula_marks); i++)
		if (span_starts(s, span_of(formula_marks[i])))
			return !is_number(s);
	return false;
}

static bool needs_quotes(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr(",;\"", s.p[i]) != NULL)
			return true;
	return s.n > 0 && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

/* True for nearly all cells: a number, a time, a word. */
static bool is_plain(struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		      (c >= 'A' && c <= 'Z') || c == '_' ||
		      (i > 0 && (c == '.' || c == '-' || c == ':'))))
			return false;
	}
	return true;
}

struct cell {
	char *buf;
	size_t size, n;
};

static void put(struct cell *c, const char *bytes, size_t n)
{
	if (n > 0 && c->n + n < c->size)
		memcpy(c->buf + c->n, bytes, n);
	c->n += n;
}

static void put_character(struct cell *c, struct span *text)
{
	char piece[PRINTABLE_PIECE];
	size_t n = printable_next(text, piece);

	if (*piece == '"')
		put(c, "\"", 1);
	put(c, piece, n);
}

size_t csv_cell(char *buf, size_t size, struct span text)
{
	struct cell c = { buf, size, 0 };
	bool plain = is_plain(text), quotes = !plain && needs_quotes(text);

	if (quotes)
		put(&c, "\"", 1);
	if (!plain && is_formula(text))
		put(&c, "'", 1);
	if (plain)
		put(&c, text.p, text.n);
	while (!plain && text.n > 0)
		put_character(&c, &text);
	if (quotes)
		put(&c, "\"", 1);
	if (size > 0)
		buf[c.n < size ? c.n : 0] = '\0';
	return c.n;
}
