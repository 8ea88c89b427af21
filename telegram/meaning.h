/*
 * What an OBIS reference stands for, in plain words, and where the journal keeps
 * it. For people: the list of references in the database, and p1logger
 * --discover.
 *
 * Sources: DSMR 2.2 to 5.0.2 P1 companion standard; e-MUCS P1 2.1.1; Luxmetering
 * E-Meter P1 1.1.3; Swedenergy H1 2.0; IEC 62056-61 for what these leave out.
 */
#ifndef TELEGRAM_MEANING_H
#define TELEGRAM_MEANING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum { MEANING_TEXT = 48 }; /* bytes of meaning_text, NUL included */

/*
 * "energy from the grid, tariff 1" of a reference as obis_parse has it; "" when
 * it is not known. Returns buf.
 */
char *meaning_text(char buf[static MEANING_TEXT], uint32_t obis);

/*
 * Does it, or might it, tell one household from another: an identifier, an EAN,
 * a text message? Nobody shows these in public.
 */
bool meaning_is_personal(uint32_t obis);

/*
 * The form of the values that a reference has where they are nothing but
 * numbers and times: an allow-list, so what is not known has none. A letter
 * stands for each group of the line, in their order; the groups behind a ':'
 * come again and again; a '|' is between two forms of the same reference.
 *
 *	n	a number with its unit, "0001.5*kWh"; also without one
 *	c	a count or a code of few digits
 *	t	a time, as stamp_parse reads it
 *	r	a reference
 *	u	a unit alone
 *	o	"ON" or "OFF"
 *
 * NULL: no value of this reference may be shown in public.
 */
const char *meaning_form(uint32_t obis);

enum { KEPT_TEXT = 64 }; /* bytes of kept_text, NUL included */

/*
 * Table and column of the journal that keep its values as they come, such as
 * "electricity.import_t1_wh"; "" when none does. Returns buf.
 */
char *kept_text(char buf[static KEPT_TEXT], uint32_t obis);

/*
 * The value of a data line for people and for a series of its own: of several
 * groups the one that has a unit, else the last; a unit in a group of its own
 * (DSMR 3.0) counts. The unit is empty when none is printed.
 */
struct line_value {
	struct span number, unit; /* the number is a text where it is none */
};

struct line_value line_value(struct span groups);

#endif
