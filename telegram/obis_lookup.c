/* The table of known references, made by the compiler. */
#include "telegram/obis_lookup.h"

#include "telegram/lines.h"
#include "telegram/obis_code.h"

/* The lowest n characters of a text, 1 to 8. */
#define FIRST(n) (UINT64_MAX >> 8 * ((8 - (n)) & 7))

/*
 * A number of one or two digits as text: the number of digits, and the digits.
 */
#define DIGITS(n) ((n) < 10 ? 1 : 2)
#define DIGIT(n) (UINT64_C(0) + '0' + (n))
#define CHARS(n) ((n) < 10 ? DIGIT(n) : DIGIT((n) / 10) | DIGIT((n) % 10) << 8)

/* "A-B:", and the "C.D.E(" that follows. */
#define PREFIX(a, b, c, d, e)                                                  \
	(uint32_t)(DIGIT(a) | '-' << 8 | DIGIT(b) << 16 | ':' << 24)
#define LENGTH(a, b, c, d, e) (DIGITS(c) + 1 + DIGITS(d) + 1 + DIGITS(e) + 1)
#define TEXT(a, b, c, d, e)                                                    \
	(CHARS(c) | (CHARS(d) << 8 | '.') << 8 * DIGITS(c) |                   \
	 (CHARS(e) << 8 | '.') << 8 * (DIGITS(c) + 1 + DIGITS(d)) |            \
	 (UINT64_C(0) + '(') << 8 * (LENGTH(a, b, c, d, e) - 1))

#define FITS(a, b, c, d, e)                                                    \
	((a) < 10 && (b) < 10 && (c) < 100 && (d) < 100 && (e) < 100 &&        \
	 LENGTH(a, b, c, d, e) <= 8)

#define X(id, name, obis, unit, place)                                         \
	_Static_assert(FITS obis, "TEXT takes eight characters");
QUANTITIES(X)
#undef X
#define X(obis, reader)                                                        \
	_Static_assert(FITS obis, "TEXT takes eight characters");
REFERENCES(X)
#undef X

/* The characters of a literal, up to eight. */
#define LETTER(text, i)                                                        \
	((uint64_t)(unsigned char)(text "\0\0\0\0\0\0\0\0")[i] << 8 * (i))
#define LETTERS(text)                                                          \
	(LETTER(text, 0) | LETTER(text, 1) | LETTER(text, 2) |                 \
	 LETTER(text, 3) | LETTER(text, 4) | LETTER(text, 5) |                 \
	 LETTER(text, 6) | LETTER(text, 7))

/*
 * What follows a number in its usual unit. Without a unit there is no '*'. One
 * that is too long has no mask, and is never found.
 */
#define STAR(unit) (sizeof(unit) > 1)
#define TAIL_LENGTH(unit) (STAR(unit) + sizeof(unit ")\r\n") - 1)
#define TAIL_MASK(unit) (TAIL_LENGTH(unit) <= 8 ? FIRST(TAIL_LENGTH(unit)) : 0)

static const struct known_tail tails[UNIT_COUNT] = {
#define X(id, suffix, json, decimals)                                          \
	[UNIT_##id] = { LETTERS("*" json ")\r\n") >> 8 * !STAR(json),          \
			TAIL_MASK(json), TAIL_LENGTH(json), decimals },
	UNITS(X)
#undef X
};

/* An enumerator for each row; row 0 belongs to no reference. */
#define ROW(a, b, c, d, e) ROW_##a##_##b##_##c##_##d##_##e

enum row {
	NO_ROW,
#define X(id, name, obis, unit, place) ROW obis,
	QUANTITIES(X)
#undef X
#define X(obis, reader) ROW obis,
		REFERENCES(X) OTHER_REFERENCES(X)
#undef X
			ROWS
};

/* clang-format off */
const struct known known_rows[ROWS + 1] = {
	[NO_ROW] = { .text = UINT64_MAX, .quantity = Q_COUNT },
	[ROWS] = { .text = UINT64_MAX, .quantity = Q_COUNT },
#define X(id, name, obis, unit, place)                                         \
	[ROW obis] = { TEXT obis, FIRST(LENGTH obis), PREFIX obis, OBIS obis,  \
		       &tails[UNIT_##unit], quantity_line,                         \
		       KNOWN_PREFIX + LENGTH obis, Q_##id },
	QUANTITIES(X)
#undef X
#define X(obis, reader)                                                        \
	[ROW obis] = { TEXT obis, FIRST(LENGTH obis), PREFIX obis, OBIS obis,  \
		       NULL, reader, KNOWN_PREFIX + LENGTH obis, Q_COUNT },
	REFERENCES(X)
#undef X
#define X(obis, reader)                                                        \
	[ROW obis] = { .text = UINT64_MAX, .reference = OBIS obis,             \
		       .read = reader, .quantity = Q_COUNT },
	OTHER_REFERENCES(X)
#undef X
};
/* clang-format on */

#define SLOT(obis) KNOWN_SLOT(PREFIX obis, TEXT obis)

const uint8_t known_slots[1 << KNOWN_SLOT_BITS] = {
#define X(id, name, obis, unit, place) [SLOT(obis)] = ROW obis,
	QUANTITIES(X)
#undef X
#define X(obis, reader) [SLOT(obis)] = ROW obis,
		REFERENCES(X)
#undef X
};

_Static_assert((int)ROWS <= UINT8_MAX + 1, "a slot holds any row");

const struct known *known_reference(uint32_t reference)
{
	switch (reference) {
#define X(id, name, obis, unit, place)                                         \
	case OBIS obis:                                                        \
		return &known_rows[ROW obis];
		QUANTITIES(X)
#undef X
#define X(obis, reader)                                                        \
	case OBIS obis:                                                        \
		return &known_rows[ROW obis];
		REFERENCES(X)
		OTHER_REFERENCES(X)
#undef X
	default:
		return NULL;
	}
}

struct known_place known_other(const char *line, const char *end)
{
	struct known_place is = { NULL, NULL };
	struct line l;
	const char *open;

	if (end - line < REFERENCE_MOST ||
	    (open = line_reference(line, &l)) == NULL)
		return is;
	is.value = open + 1;
	is.known = known_reference(obis_common(l.reference));
	if (is.known == NULL)
		is.known = &known_rows[NO_ROW];
	return is;
}
