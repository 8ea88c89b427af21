/*
 * Civil dates and UTC seconds by pure arithmetic: no TZ variable, no mktime.
 * All times of the project are whole seconds since 1970-01-01T00:00:00Z in an
 * int64_t. Local days are in base/localday.h.
 */
#ifndef BASE_UTC_H
#define BASE_UTC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum { HOUR_S = 3600, DAY_S = 86400, HOUR_MS = 3600000 };

/* A date and time of day; its zone depends on the context. */
struct civil {
	int year;		  /* 1970 to 9999 */
	int month, day;		  /* 1 to 12, 1 to 31 */
	int hour, minute, second; /* 0 to 23, 0 to 59, 0 to 59 */
};

/* Do this date and time of day exist? */
bool civil_valid(const struct civil *c);

/*
 * Convert from UTC. Fields out of range carry over: day 32 is in the next
 * month.
 */
int64_t utc_from_civil(const struct civil *c);

/* Convert to UTC; utc from year 1970 to 9999. */
struct civil utc_to_civil(int64_t utc);

enum { UTC_TEXT = 24 }; /* buffer size for utc_format, NUL included */

/* "2020-03-10T11:36:10Z" (ISO 8601). Returns buf. */
char *utc_format(char buf[static UTC_TEXT], int64_t utc);

/*
 * Read exactly that form. Returns false and leaves *out alone for anything
 * else.
 */
bool utc_parse(struct span s, int64_t *out);

/*
 * Read twelve digits YYMMDDhhmmss as a civil time of 2000 to 2069. Meters send
 * impossible dates for "none" (632525252525, 700101010000). Returns false and
 * leaves *out alone for these, another length or a non-digit. Source: DSMR
 * 5.0.2 P1 companion standard, section 6.4 (tag TST).
 */
bool civil_parse_tst(struct span twelve, struct civil *out);

#endif
