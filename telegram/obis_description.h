/*
 * Describe an OBIS reference in plain language and say where the journal stores
 * it, for people: the list of references in the database, and p1logger
 * --discover.
 *
 * Sources: DSMR 2.2 to 5.0.2 P1 companion standard; e-MUCS P1 2.1.1;
 * Luxmetering E-Meter P1 1.1.3; Swedenergy H1 2.0; IEC 62056-61 for the rest.
 */
#ifndef TELEGRAM_OBIS_DESCRIPTION_H
#define TELEGRAM_OBIS_DESCRIPTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* Buffer size for obis_description_text, NUL included. */
enum { OBIS_DESCRIPTION_TEXT = 48 };

/*
 * "energy from the grid, tariff 1" for a reference as returned by obis_parse;
 * "" if unknown. Returns buf.
 */
char *obis_description_text(char buf[static OBIS_DESCRIPTION_TEXT],
			    uint32_t obis);

/*
 * Can its value identify a household: an identifier, an EAN, a text message?
 * Never show these in public.
 */
bool obis_description_is_personal(uint32_t obis);

/*
 * Form of a reference's values if they consist of numbers and times only. This
 * is an allow-list: unknown references have no form. One letter per group of
 * the line, in order; groups after a ':' repeat; a '|' separates alternative
 * forms.
 *
 *   n  a number with its unit, "0001.5*kWh", or without
 *   c  a count, or a code of a few digits
 *   t  a time, as read by parse_timestamp
 *   r  a reference
 *   u  a unit alone
 *   o  "ON" or "OFF"
 *
 * Returns NULL if its values must never be shown in public.
 */
const char *obis_description_form(uint32_t obis);

enum { KEPT_TEXT = 64 }; /* buffer size for kept_text, NUL included */

/*
 * Table and column of the journal that store its values unchanged, such as
 * "electricity.import_t1_wh"; "" if none does. Returns buf.
 */
char *kept_text(char buf[static KEPT_TEXT], uint32_t obis);

/*
 * The value of a data line, for people and for its own series: if there are
 * several groups, that of the one with a unit, else of the last; a unit in its
 * own group (DSMR 3.0) counts. The unit is empty if none is printed.
 */
struct line_value {
	struct span number, unit; /* the number may be any text */
};

struct line_value line_value(struct span groups);

#endif
