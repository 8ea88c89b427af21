#include "telegram/quantity.h"

#include "telegram/obis.h"

/* The column suffix of each unit, as a literal for string concatenation. */
#define TAIL_WH "_wh"
#define TAIL_VARH "_varh"
#define TAIL_W "_w"
#define TAIL_VAR "_var"
#define TAIL_MV "_mv"
#define TAIL_MA "_ma"
#define TAIL_NUMBER ""

#define TEXT(a, b, c, d, e) #a "-" #b ":" #c "." #d "." #e

const struct unit_info units[UNIT_COUNT] = {
#define X(id, suffix, json, decimals) [UNIT_##id] = { suffix, json, decimals },
	UNITS(X)
#undef X
};

const struct quantity_info quantities[Q_COUNT] = {
#define X(id, name, obis, unit, place)                                         \
	[Q_##id] = { #name,                                                    \
		     { TEXT obis, sizeof(TEXT obis) - 1 },                     \
		     UNIT_##unit,                                              \
		     PLACE_##place,                                            \
		     #name TAIL_##unit },
	QUANTITIES(X)
#undef X
};

int quantity_of(uint32_t reference)
{
	switch (reference) {
#define X(id, name, obis, unit, place)                                         \
	case OBIS obis:                                                        \
		return Q_##id;
		QUANTITIES(X)
#undef X
	default:
		return -1;
	}
}

/* A number of one or two digits as text: their count, and the characters. */
#define DIGITS(n) ((n) < 10 ? 1 : 2)
#define CHARS(n)                                                               \
	(UINT64_C(0) +                                                         \
	 ((n) < 10 ? '0' + (n) : '0' + (n) / 10 + (('0' + (n) % 10) << 8)))

#define PACK(a, b, c, d, e)                                                    \
	((UINT64_C(0) + '0' + (a)) << 56 | CHARS(c) |                          \
	 (CHARS(d) << 8 | '.') << 8 * DIGITS(c) |                              \
	 (CHARS(e) << 8 | '.') << 8 * (DIGITS(c) + 1 + DIGITS(d)))

#define IS_SHORT(a, b, c, d, e)                                                \
	((a) < 10 && (b) == 0 && (c) < 100 && (d) < 100 && (e) < 100 &&        \
	 DIGITS(c) + DIGITS(d) + DIGITS(e) <= 5)

#define X(id, name, obis, unit, place)                                         \
	_Static_assert(IS_SHORT obis, "PACK is for seven characters");
QUANTITIES(X)
#undef X

/*
 * A perfect hash: no two texts share a slot. If the compiler warns of an
 * initialiser that is overridden, a new row does: choose another odd number.
 */
#define HASH(text) ((text)*UINT64_C(0x87B0B125EC1D7DA1) >> 56)
#define SLOT(a, b, c, d, e) HASH(PACK(a, b, c, d, e))

static const uint64_t texts[Q_COUNT] = {
#define X(id, name, obis, unit, place) [Q_##id] = PACK obis,
	QUANTITIES(X)
#undef X
};

/* The quantity that may have a text, plus 1; 0: none. */
static const uint8_t slots[256] = {
#define X(id, name, obis, unit, place) [SLOT obis] = Q_##id + 1,
	QUANTITIES(X)
#undef X
};

int quantity_of_text(uint64_t text)
{
	int q = slots[HASH(text)] - 1;

	return q >= 0 && texts[q] == text ? q : -1;
}
