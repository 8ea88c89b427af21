/*
 * Civil dates and UTC seconds, by arithmetic alone: no TZ variable, no mktime.
 * All times of the project are whole seconds since 1970-01-01T00:00:00Z in an
 * int64_t. Local days are the business of base/localday.h.
 */
#ifndef BASE_UTC_H
#define BASE_UTC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* A date and a time of day, of whatever zone the holder says. */
struct civil {
	int year;		  /* 1970 to 9999 */
	int month, day;		  /* 1 to 12, 1 to 31 */
	int hour, minute, second; /* 0 to 23, 0 to 59, 0 to 59 */
};

/* Does such a date exist (months, leap years), and such a time of day? */
bool civil_valid(const struct civil *c);

/* Read as UTC. Fields out of range carry over, as day 32 into next month. */
int64_t utc_from_civil(const struct civil *c);

/* The same instant as a date in UTC; utc from year 1970 to 9999. */
struct civil utc_to_civil(int64_t utc);

enum { UTC_TEXT = 24 }; /* bytes that utc_format may need, NUL included */

/* "2020-03-10T11:36:10Z" (ISO 8601). Returns buf. */
char *utc_format(char buf[static UTC_TEXT], int64_t utc);

/* Read exactly that form. False, and *out left alone, for anything else. */
bool utc_parse(struct span s, int64_t *out);

/*
 * Read the twelve digits YYMMDDhhmmss as a civil time of 2000 to 2069.
 * Meters send impossible dates for "none" (632525252525, 700101010000): false
 * for these, for another length and for a non-digit; *out is then left alone.
 * Source: DSMR 5.0.2 P1 companion standard, section 6.4 (tag TST).
 */
bool civil_parse_tst(struct span twelve, struct civil *out);

#endif
