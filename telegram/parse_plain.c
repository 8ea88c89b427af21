#include "telegram/obis.h"
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

/* "1.8.1(" */
static const char *take_groups(const char *p, uint32_t *obis)
{
	static const char behind[] = { '.', '.', '(' };
	const char *const start = p;
	uint32_t packed = 0;

	for (size_t i = 0; i < COUNT(behind); i++) {
		unsigned v = digit(*p), d;

		if (v > 9)
			return NULL;
		while ((d = digit(*++p)) <= 9)
			v = v * 10 + d;
		if (v > 255 || *p++ != behind[i])
			return NULL;
		packed = packed << 8 | v;
	}
	*obis |= packed;
	return p - start <= (ptrdiff_t)sizeof("255.255.255") ? p : NULL;
}

/* "1-0:1.8.1(" */
static const char *take_reference(const char *p, uint32_t *obis)
{
	unsigned a = digit(p[0]), b;

	if (a > 9 || p[1] != '-' || (b = digit(p[2])) > 9 || p[3] != ':')
		return NULL;
	*obis = OBIS(a, b, 0, 0, 0);
	return take_groups(p + 4, obis);
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
	return p == end || *p == '!' || digit(*p) <= 9 ? p : NULL;
}

static const char *plain_line(struct reading *r, const char *p, const char *end)
{
	uint32_t obis;
	int64_t value;
	int q;
	const struct unit_info *unit;

	if ((p = take_reference(p, &obis)) == NULL ||
	    (q = quantity_of(obis)) < 0)
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
