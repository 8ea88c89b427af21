#include "telegram/json_check.h"

#include "base/utc.h"
#include "telegram/obis_quantities.h"
#include "telegram/reading.h"

enum {
	DIGITS = 15,
	DECIMALS = 3,
	MEMBERS = 16,
	WORDS_MOST = 1 + MBUS_CHANNELS
};

enum value_kind {
	TEXT,
	NOW,
	TIME,
	WHOLE,
	DECIMAL,
	WORDS,
	PEAKS,
	FAILURES,
	MBUS
};

struct member {
	const char *name;
	enum value_kind kind;
};

struct check {
	struct span rest;
	int64_t *utc; /* receives the reading's time */
};

/* clang-format off */
static const struct member reading[] = {
	{ "time", NOW }, { "header", TEXT }, { "version", TEXT },
	{ "meter", TEXT }, { "crc", TEXT }, { "limiter_unit", TEXT },
	{ "demand_peak_time", TIME }, { "demand_peaks", PEAKS },
	{ "power_failure_log", FAILURES }, { "message", TEXT },
	{ "message_code", TEXT }, { "mbus", MBUS },
	{ "held", WORDS },
};
static const struct member peak[] = {
	{ "month_end", TIME }, { "time", TIME }, { "value", DECIMAL },
};
static const struct member failure[] = {
	{ "end", TIME }, { "seconds", WHOLE },
};
static const struct member channel[] = {
	{ "channel", WHOLE }, { "medium", TEXT }, { "meter", TEXT },
	{ "time", TIME }, { "value", DECIMAL }, { "unit", TEXT },
};
static const struct {
	const struct member *members;
	size_t count;
	int most; /* maximum number of items */
} lists[] = {
	[PEAKS] = { peak, COUNT(peak), PEAKS_MAX },
	[FAILURES] = { failure, COUNT(failure), FAILURES_MAX },
	[MBUS] = { channel, COUNT(channel), MBUS_CHANNELS },
};
/* clang-format on */

static bool take(struct check *c, char wanted)
{
	if (c->rest.n == 0 || c->rest.p[0] != wanted)
		return false;
	c->rest = span_skip(c->rest, 1);
	return true;
}

static size_t digits(struct check *c, size_t most)
{
	size_t n = 0;

	while (n < c->rest.n && n < most && c->rest.p[n] >= '0' &&
	       c->rest.p[n] <= '9')
		n++;
	c->rest = span_skip(c->rest, n);
	return n;
}

/* JSON forbids leading zeros. */
static bool number(struct check *c, size_t decimals)
{
	bool zero;

	take(c, '-');
	zero = c->rest.n > 0 && c->rest.p[0] == '0';
	if (digits(c, zero ? 1 : DIGITS) == 0)
		return false;
	return decimals == 0 || !take(c, '.') || digits(c, decimals) > 0;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* Length of the first character of s; 0: invalid. */
static size_t character(struct span s)
{
	if (s.p[0] < ' ' || s.p[0] > '~')
		return 0;
	if (s.p[0] != '\\')
		return 1;
	if (s.n > 1 && (s.p[1] == '"' || s.p[1] == '\\'))
		return 2;
	return s.n > 5 && span_starts(s, SPAN("\\u00")) && is_hex(s.p[4]) &&
			       is_hex(s.p[5])
		       ? 6
		       : 0;
}

static bool text(struct check *c, struct span *out)
{
	const char *begin = c->rest.p + 1;

	if (!take(c, '"'))
		return false;
	while (c->rest.n > 0 && c->rest.p[0] != '"') {
		size_t n = character(c->rest);

		if (n == 0)
			return false;
		c->rest = span_skip(c->rest, n);
	}
	*out = (struct span){ begin, (size_t)(c->rest.p - begin) };
	return take(c, '"');
}

/* UTC, or without a Z the meter's local time. */
static bool read_time(struct check *c, int64_t *utc)
{
	char whole[UTC_TEXT];
	struct span s;

	if (!text(c, &s) || s.n + 1 >= sizeof(whole) || s.n == 0)
		return false;
	memcpy(whole, s.p, s.n);
	if (whole[s.n - 1] != 'Z')
		whole[s.n++] = 'Z';
	return utc_parse((struct span){ whole, s.n }, utc);
}

static bool value(struct check *c, enum value_kind kind);

/* Index of a key, or -1 if it is unknown; quantities come after the members. */
static int find(const struct member *members, size_t count, struct span key,
		enum value_kind *kind)
{
	for (size_t i = 0; i < count; i++)
		if (span_eq(span_of(members[i].name), key)) {
			*kind = members[i].kind;
			return (int)i;
		}
	for (int q = 0; members == reading && q < Q_COUNT; q++)
		if (span_eq(span_of(quantities[q].name), key)) {
			*kind = units[quantities[q].unit].decimals ? DECIMAL
								   : WHOLE;
			return MEMBERS + q;
		}
	return -1;
}

static bool object(struct check *c, const struct member *members, size_t count)
{
	bool met[MEMBERS + Q_COUNT] = { false };

	_Static_assert(COUNT(reading) <= MEMBERS, "each has a place");
	if (!take(c, '{'))
		return false;
	do {
		enum value_kind kind = TEXT;
		struct span key;
		int at;

		if (!text(c, &key) || !take(c, ':'))
			return false;
		at = find(members, count, key, &kind);
		if (at < 0 || met[at] || !value(c, kind))
			return false;
		met[at] = true;
	} while (take(c, ','));
	return take(c, '}');
}

static bool list(struct check *c, enum value_kind kind)
{
	int n = 0;

	if (!take(c, '['))
		return false;
	do
		if (n++ == lists[kind].most ||
		    !object(c, lists[kind].members, lists[kind].count))
			return false;
	while (take(c, ','));
	return take(c, ']');
}

static bool words(struct check *c)
{
	struct span word;
	int n = 0;

	if (!take(c, '['))
		return false;
	do
		if (n++ == WORDS_MOST || !text(c, &word))
			return false;
	while (take(c, ','));
	return take(c, ']');
}

static bool value(struct check *c, enum value_kind kind)
{
	struct span any;
	int64_t utc;

	switch (kind) {
	case TEXT:
		return text(c, &any);
	case NOW:
		return read_time(c, c->utc);
	case TIME:
		return read_time(c, &utc);
	case WHOLE:
		return number(c, 0);
	case DECIMAL:
		return number(c, DECIMALS);
	case WORDS:
		return words(c);
	default:
		return list(c, kind);
	}
}

bool json_check(struct span line, int64_t *utc)
{
	struct check c = { line, utc };

	*utc = INT64_MIN;
	return object(&c, reading, COUNT(reading)) && c.rest.n == 0;
}
