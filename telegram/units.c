#include "telegram/units.h"

#include "base/fixed.h"

/*
 * Spellings of meters, the most frequent first; case is ignored, since it
 * varies.
 */
static const struct {
	const char *text;
	enum unit unit;
	int scale;
	/* clang-format off */
} spellings[] = {
	{"m3", UNIT_DM3, 3},	{"kWh", UNIT_WH, 3},   {"GJ", UNIT_MJ, 3},
	{"Wh", UNIT_WH, 0},	{"kW", UNIT_W, 3},     {"W", UNIT_W, 0},
	{"V", UNIT_MV, 3},	{"kV", UNIT_MV, 6},    {"mV", UNIT_MV, 0},
	{"A", UNIT_MA, 3},	{"kA", UNIT_MA, 6},    {"mA", UNIT_MA, 0},
	{"dm3", UNIT_DM3, 0},	{"MJ", UNIT_MJ, 0},    {"kvarh", UNIT_VARH, 3},
	{"varh", UNIT_VARH, 0}, {"kvar", UNIT_VAR, 3}, {"var", UNIT_VAR, 0},
};
/* clang-format on */

static bool is_of_number(char c)
{
	return (c >= '0' && c <= '9') || c == '.';
}

struct printed printed_split(struct span value)
{
	struct printed p = { span_trim(value), { 0 } };
	size_t n = 0;

	while (n < p.number.n && is_of_number(p.number.p[n]))
		n++;
	p.unit = span_trim(span_skip(p.number, n));
	p.number.n = n;
	if (p.unit.n > 0 && *p.unit.p == '*')
		p.unit = span_skip(p.unit, 1);
	p.unit = span_trim(p.unit);
	return p;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool spelled(struct span printed, const char *text)
{
	for (size_t i = 0; i < printed.n; i++)
		if (text[i] == '\0' || lower(printed.p[i]) != lower(text[i]))
			return false;
	return text[printed.n] == '\0';
}

enum unit unit_find(struct span printed, int *scale)
{
	for (size_t i = 0; printed.n > 0 && i < COUNT(spellings); i++)
		if (spelled(printed, spellings[i].text)) {
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
	return fixed_parse(p.number, scale, count);
}
