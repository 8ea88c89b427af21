/*
 * Local days, months and years: the only code that uses a time zone.
 *
 * The zone is process-wide (libc has one) and set once by main.c with
 * localday_use. libc is only asked to convert UTC -> local; boundaries are
 * found by searching, so days of 23 and 25 hours, and zones that change their
 * clock at midnight, are handled correctly.
 */
#ifndef BASE_LOCALDAY_H
#define BASE_LOCALDAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/utc.h"

enum { LOCALDAY_ZONE = 64 }; /* buffer size for a zone name, NUL included */

/*
 * Name of the machine's zone ("Europe/Amsterdam"): the target of
 * /etc/localtime, else the content of /etc/timezone, else "UTC". The TZ
 * variable is ignored: it differs between cron, a service and a shell, and the
 * journal has one zone. Returns buf.
 */
char *localday_machine_zone(char buf[static LOCALDAY_ZONE]);

/*
 * Set the process's zone; NULL or "" means the machine's. ERR_CONFIG if the
 * system does not have it.
 */
int localday_use(const char *zone, struct err *e);

/* Local date and time of an instant. */
struct civil localday_civil(int64_t utc);

/* First instant, in UTC, of a local day, month or year. */
int64_t localday_day_start(int year, int month,
			   int day);		   /* day may carry over */
int64_t localday_month_start(int year, int month); /* month may carry over */
int64_t localday_year_start(int year);

/*
 * The instant of a local date and time, for meters that send neither S nor W.
 * In the repeated hour: the first match not before `not_before` (UTC; INT64_MIN
 * for none). A skipped time is read as if the clock had not been changed.
 */
int64_t localday_resolve(const struct civil *local, int64_t not_before);

/*
 * Read "YYYY-MM-DD", "YYYY-MM" or "YYYY" (missing month and day are 1), or
 * "today" and "yesterday" relative to the instant `now`. ERR_USAGE says what is
 * wrong: "'2026-02-30' is not a date".
 */
int localday_parse_date(const char *text, int64_t now, struct civil *out,
			struct err *e);

#endif
