#include "telegram/units.h"

#include "base/fixed.h"

/* A text of up to five characters as `folded` returns it. */
#define CHAR(text, i)                                                          \
	((uint64_t)(unsigned char)(text "\0\0\0\0\0")[i] << 8 * (i))
#define FOLDED(text)                                                           \
	(CHAR(text, 0) | CHAR(text, 1) | CHAR(text, 2) | CHAR(text, 3) |       \
	 CHAR(text, 4))

/*
 * Units of meters in lower case, the most frequent first; case is ignored,
 * since it varies.
 */
static const struct {
	uint64_t text;
	enum unit unit;
	int scale;
	/* clang-format off */
} spellings[] = {
	{FOLDED("m3"), UNIT_DM3, 3},     {FOLDED("kwh"), UNIT_WH, 3},
	{FOLDED("gj"), UNIT_MJ, 3},      {FOLDED("wh"), UNIT_WH, 0},
	{FOLDED("kw"), UNIT_W, 3},       {FOLDED("w"), UNIT_W, 0},
	{FOLDED("v"), UNIT_MV, 3},       {FOLDED("kv"), UNIT_MV, 6},
	{FOLDED("mv"), UNIT_MV, 0},      {FOLDED("a"), UNIT_MA, 3},
	{FOLDED("ka"), UNIT_MA, 6},      {FOLDED("ma"), UNIT_MA, 0},
	{FOLDED("dm3"), UNIT_DM3, 0},    {FOLDED("mj"), UNIT_MJ, 0},
	{FOLDED("kvarh"), UNIT_VARH, 3}, {FOLDED("varh"), UNIT_VARH, 0},
	{FOLDED("kvar"), UNIT_VAR, 3},   {FOLDED("var"), UNIT_VAR, 0},
};
/* clang-format on */

static bool is_of_number(char c)
{
	return (c >= '0' && c <= '9') || c == '.';
}

struct printed printed_split(struct span value)
{
	struct printed p = { .number = span_trim(value) };
	struct span rest = p.number;

	p.valid = fixed_take(&rest, &p.fixed);
	for (; rest.n > 0 && is_of_number(*rest.p); p.valid = false)
		rest = (struct span){ rest.p + 1, rest.n - 1 };
	p.number.n -= rest.n;
	rest = span_trim(rest);
	if (rest.n > 0 && *rest.p == '*')
		rest = span_trim(span_skip(rest, 1));
	p.unit = rest;
	return p;
}

static uint64_t lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

/* The text in lower case, as a number; 0: not a unit. */
static uint64_t folded(struct span text)
{
	uint64_t v = 0;

	if (text.n == 0 || text.n > sizeof(v) || text.p[text.n - 1] == '\0')
		return 0;
	while (text.n > 0)
		v = v << 8 | lower(text.p[--text.n]);
	return v;
}

enum unit unit_find(struct span printed, int *scale)
{
	const uint64_t text = folded(printed);

	for (size_t i = 0; text != 0 && i < COUNT(spellings); i++)
		if (text == spellings[i].text) {
			*scale = spellings[i].scale;
			return spellings[i].unit;
		}
	return UNIT_COUNT;
}

/* The big units in their usual spelling. */
static const struct span big[UNIT_COUNT] = {
#define X(id, suffix, json, decimals) [UNIT_##id] = { json, sizeof(json) - 1 },
	UNITS(X)
#undef X
};

bool printed_count(struct printed p, enum unit unit, int64_t *count)
{
	int scale = units[unit].decimals;

	if (p.unit.n > 0 && !span_eq(p.unit, big[unit]) &&
	    unit_find(p.unit, &scale) != unit)
		return false;
	if (!p.valid)
		return false;
	*count = fixed_count(p.fixed, (size_t)scale);
	return true;
}
