/*
 * The table of the references that the parser knows: those of
 * telegram/obis_quantities.h and telegram/obis_other_lines.h. Internal to the parser.
 */
#ifndef TELEGRAM_OBIS_LOOKUP_H
#define TELEGRAM_OBIS_LOOKUP_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/swar.h"
#include "telegram/obis_other_lines.h"
#include "telegram/obis_quantities.h"

/*
 * What follows a number in the usual unit, "*kWh)\r\n". It and the texts below
 * are stored as numbers, as swar_at returns them, with masks for the bytes in
 * use.
 */
struct known_tail {
	uint64_t text, mask;
	uint8_t length;
	uint8_t scale; /* decimals of the small unit */
};

/* A known reference. */
struct known {
	uint64_t text, mask; /* "1.8.1(" */
	uint32_t prefix;     /* "1-0:" */
	uint32_t reference;
	const struct known_tail *tail; /* NULL: not a number alone */
	line_reader *read;
	uint8_t length;	  /* from the start of the line to the value */
	uint8_t quantity; /* enum quantity; Q_COUNT: another kind of line */
};

/* A line with such a reference. */
struct known_line {
	const struct known *known;
	struct span value, more; /* its first group, and the others */
};

/*
 * Returns the row of a reference (telegram/obis_code.h), or NULL if it is
 * unknown.
 */
const struct known *known_reference(uint32_t reference);

/*
 * A perfect hash of the prefix and the six characters that every text has: no
 * two references share a slot. If the compiler warns of an overridden
 * initialiser, a new row shares one: choose another odd number; one in four
 * works.
 */
enum { KNOWN_SLOT_BITS = 12 };

#define KNOWN_SLOT(prefix, text)                                               \
	(((text) << 16 ^ (prefix)) * UINT64_C(0x2422EB88976E85AD) >>           \
	 (64 - KNOWN_SLOT_BITS))

/* The first row, and the one after the last, belong to no reference. */
extern const struct known known_rows[];
extern const uint8_t known_slots[1 << KNOWN_SLOT_BITS];

enum { KNOWN_PREFIX = sizeof("1-0:") - 1, KNOWN_LOADS = KNOWN_PREFIX + 8 };

/*
 * A reference at the start of a line, and where the value after its '(' starts.
 */
struct known_place {
	const struct known *known; /* NULL: not found */
	const char *value;
};

/*
 * Find a reference such as "1-0:1.8.1(", printed in the most common way.
 * `above` is that of the previous line: often the row after it is the right
 * one. Loads KNOWN_LOADS characters.
 */
static inline struct known_place known_text(const char *line,
					    const struct known *above)
{
	const uint32_t prefix = (uint32_t)swar_at(line);
	const uint64_t text = swar_at(line + KNOWN_PREFIX);
	const struct known *k = above + 1;

	if ((text & k->mask) != k->text || prefix != k->prefix) {
		k = &known_rows[known_slots[KNOWN_SLOT(prefix, text)]];
		if ((text & k->mask) != k->text || prefix != k->prefix)
			return (struct known_place){ NULL, NULL };
	}
	return (struct known_place){ k, line + k->length };
}

/*
 * The same for a reference printed in another way, in a text that ends at
 * `end`. An unknown reference gets a row without a function.
 */
struct known_place known_other(const char *line, const char *end);

#endif
