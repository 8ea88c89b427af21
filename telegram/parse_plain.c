#include "telegram/parse_parts.h"

/*
 * All functions here return where they stopped, or NULL if the text has another
 * form. None reads past the first byte that does not fit, and a line end never
 * does: so a text that ends in one needs no other limit.
 */

static unsigned digit(char c)
{
	return (unsigned)(unsigned char)c - '0';
}

/* Eight bytes as a number, the first lowest; compilers make it one load. */
static uint64_t load(const char *p)
{
#define AT(i) ((uint64_t)(unsigned char)p[i] << 8 * (i))
	return AT(0) | AT(1) | AT(2) | AT(3) | AT(4) | AT(5) | AT(6) | AT(7);
#undef AT
}

/* "1-0:1.8.1(" */
static const char *take_quantity(const char *p, const char *end, int *q)
{
	enum { PREFIX = sizeof("1-0:") - 1, SHORTEST = 5, LONGEST = 7 };
	uint64_t text, a;
	int n = SHORTEST;

	if (end - p < PREFIX + LONGEST + 1 || memcmp(p + 1, "-0:", 3) != 0)
		return NULL;
	a = (unsigned char)*p;
	p += PREFIX;
	text = load(p);
	while (p[n] != '(')
		if (++n > LONGEST)
			return NULL;
	text &= (UINT64_C(1) << 8 * n) - 1;
	*q = quantity_of_text(a << 56 | text);
	return *q < 0 ? NULL : p + n + 1;
}

/* "001234.567", times 10^scale */
static const char *take_number(const char *p, int scale, int64_t *count)
{
	enum { WHOLE_DIGITS = 12 };
	const char *const start = p;
	uint64_t v = 0;
	unsigned d;

	for (; (d = digit(*p)) <= 9; p++)
		v = v * 10 + d;
	if (p == start || p - start > WHOLE_DIGITS)
		return NULL;
	if (*p == '.')
		for (p++; scale > 0 && (d = digit(*p)) <= 9; p++, scale--)
			v = v * 10 + d;
	for (; scale > 0; scale--)
		v *= 10;
	*count = (int64_t)v;
	return p;
}

/* "*kWh", or nothing */
static const char *take_unit(const char *p, const char *unit)
{
	if (*p != '*')
		return p;
	for (p++; *unit != '\0'; p++, unit++)
		if (*p != *unit)
			return NULL;
	return p;
}

/* ")" and a line end, at the end or before another line */
static const char *take_end(const char *p, const char *end)
{
	if (*p++ != ')')
		return NULL;
	p += *p == '\r';
	if (*p++ != '\n')
		return NULL;
	return p == end || *p > '(' || *p == '!' ? p : NULL;
}

static const char *plain_line(struct reading *r, const char *p, const char *end)
{
	int64_t value;
	int q;
	const struct unit_info *unit;

	if ((p = take_quantity(p, end, &q)) == NULL)
		return NULL;
	unit = &units[quantities[q].unit];
	if ((p = take_number(p, unit->decimals, &value)) == NULL ||
	    (p = take_unit(p, unit->json)) == NULL ||
	    (p = take_end(p, end)) == NULL)
		return NULL;
	if (!reading_has(r, (enum quantity)q))
		reading_set(r, (enum quantity)q, value);
	return p;
}

int plain_lines(struct reading *r, struct span *rest)
{
	const char *p = rest->p, *const end = rest->p + rest->n, *next;
	int lines = 0;

	if (rest->n == 0 || end[-1] != '\n')
		return 0;
	while (p < end && (next = plain_line(r, p, end)) != NULL) {
		p = next;
		lines++;
	}
	*rest = (struct span){ p, (size_t)(end - p) };
	return lines;
}
