/* The fast path for lines of the usual form (docs/decisions.md). */
#include "telegram/parse_parts.h"

/*
 * These functions read a line from left to right without looking for its end
 * first. Each returns what follows the part it reads, or NULL if the line has
 * another form. None gets past a line end, so plain_lines only makes sure that
 * the text ends with one and that `load` finds its eight bytes.
 */

/* The longest plain line, the first byte below it, and what `load` adds. */
enum { NEEDED = sizeof("1-0:96.14.0(123456789012.345*kvarh)\r\n0") + 7 };

/* Eight bytes as a number, the first lowest; compilers make it one load. */
static inline uint64_t load(const char *p)
{
#define AT(i) ((uint64_t)(unsigned char)p[i] << 8 * (i))
	return AT(0) | AT(1) | AT(2) | AT(3) | AT(4) | AT(5) | AT(6) | AT(7);
#undef AT
}

/* The lowest n bytes of such a number, 1 to 8. */
#define FIRST(n) (UINT64_MAX >> 8 * (8 - (n)))

/* A number of one or two digits as text: their count, and the characters. */
#define DIGITS(n) ((n) < 10 ? 1 : 2)
#define CHARS(n)                                                               \
	(UINT64_C(0) +                                                         \
	 ((n) < 10 ? '0' + (n) : '0' + (n) / 10 + (('0' + (n) % 10) << 8)))

/*
 * A reference A-0:C.D.E: load("C.D.E("), with the A added to the last byte. The
 * '(' tells it from a reference with a NUL behind it.
 */
#define PACK(a, b, c, d, e)                                                    \
	((UINT64_C(0) + '0' + (a)) << 56 ^                                     \
	 (CHARS(c) | (CHARS(d) << 8 | '.') << 8 * DIGITS(c) |                  \
	  (CHARS(e) << 8 | '.') << 8 * (DIGITS(c) + 1 + DIGITS(d)) |           \
	  (UINT64_C(0) + '(') << 8 * (DIGITS(c) + 2 + DIGITS(d) + DIGITS(e))))

#define FITS(a, b, c, d, e)                                                    \
	((a) < 10 && (b) == 0 && (c) < 100 && (d) < 100 && (e) < 100 &&        \
	 DIGITS(c) + DIGITS(d) + DIGITS(e) <= 5)

#define X(id, name, obis, unit, place)                                         \
	_Static_assert(FITS obis, "PACK takes seven characters");
QUANTITIES(X)
#undef X

/*
 * A perfect hash: no two references share a slot. If the compiler warns of an
 * initialiser that is overridden, a new row does: choose another odd number.
 */
#define HASH(packed) ((packed)*UINT64_C(0x3D9C172411E20B8F) >> 56)
#define SLOT(a, b, c, d, e) HASH(PACK(a, b, c, d, e))

static const struct row {
	uint64_t packed; /* 0: none */
	enum quantity quantity;
	enum unit unit;
} rows[256] = {
#define X(id, name, obis, unit, place)                                         \
	[SLOT obis] = { PACK obis, Q_##id, UNIT_##unit },
	QUANTITIES(X)
#undef X
};

static unsigned digit(char c)
{
	return (unsigned)(unsigned char)c - '0';
}

/* "1-0:1.8.1(" */
static const char *take_reference(const char *p, const struct row **row)
{
	enum { PREFIX = sizeof("1-0:") - 1, SHORTEST = 5, LONGEST = 7 };
	uint64_t packed = (uint64_t)(unsigned char)*p << 56;
	int n = SHORTEST;

	if (memcmp(p + 1, "-0:", PREFIX - 1) != 0)
		return NULL;
	p += PREFIX;
	while (p[n] != '(')
		if (++n > LONGEST)
			return NULL;
	packed ^= load(p) & FIRST(n + 1);
	*row = &rows[HASH(packed)];
	return (*row)->packed == packed && packed != 0 ? p + n + 1 : NULL;
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
	if (*p == '.') {
		const char *const first = ++p;

		for (; (d = digit(*p)) <= 9; p++)
			v = v * 10 + d;
		scale -= (int)(p - first);
	}
	if (scale < 0)
		return NULL;
	for (; scale > 0; scale--)
		v *= 10;
	*count = (int64_t)v;
	return p;
}

/* The characters of a literal of at most seven as load returns them. */
#define LETTER(text, i)                                                        \
	((uint64_t)(unsigned char)(text "\0\0\0\0\0\0")[i] << 8 * (i))
#define LETTERS(text)                                                          \
	(LETTER(text, 0) | LETTER(text, 1) | LETTER(text, 2) |                 \
	 LETTER(text, 3) | LETTER(text, 4) | LETTER(text, 5) |                 \
	 LETTER(text, 6))

#define X(id, suffix, json, decimals)                                          \
	_Static_assert(sizeof("*" json ")") <= 8, "LETTERS takes seven");
UNITS(X)
#undef X

/* Is there a '*' in front of it? Not if the number has no unit. */
#define STAR(unit) (sizeof(unit) > 1)

/* What follows a number in the usual unit: "*kWh)" */
static const struct tail {
	uint64_t text, mask;
	int n, decimals;
} tails[UNIT_COUNT] = {
#define X(id, suffix, json, decimals)                                          \
	[UNIT_##id] = { LETTERS("*" json ")") >> 8 * !STAR(json),              \
			FIRST(STAR(json) + sizeof(json)),                      \
			STAR(json) + sizeof(json), decimals },
	UNITS(X)
#undef X
};

/* "*kWh)" or ")", and a line end below which no value continues */
static const char *take_end(const char *p, const struct tail *tail)
{
	if (*p == ')')
		p++;
	else if ((load(p) & tail->mask) == tail->text)
		p += tail->n;
	else
		return NULL;
	p += *p == '\r';
	return *p == '\n' && (p[1] > '(' || p[1] == '!') ? p + 1 : NULL;
}

static const char *take_line(struct reading *r, const char *p)
{
	const struct row *row;
	const struct tail *tail;
	int64_t count;

	if ((p = take_reference(p, &row)) == NULL)
		return NULL;
	tail = &tails[row->unit];
	if ((p = take_number(p, tail->decimals, &count)) == NULL ||
	    (p = take_end(p, tail)) == NULL)
		return NULL;
	if (!reading_has(r, row->quantity))
		reading_set(r, row->quantity, count);
	return p;
}

int plain_lines(struct reading *r, struct span *rest)
{
	const char *p = rest->p, *const end = rest->p + rest->n, *next;
	int lines = 0;

	if (rest->n == 0 || end[-1] != '\n')
		return 0;
	while (end - p >= NEEDED && (next = take_line(r, p)) != NULL) {
		p = next;
		lines++;
	}
	*rest = (struct span){ p, (size_t)(end - p) };
	return lines;
}
