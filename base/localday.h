/*
 * Local days, months and years: the one user of a time zone.
 *
 * The zone is the process's own (libc keeps it in one place), set once by
 * main.c with localday_use. Only the direction UTC -> local is asked of libc;
 * boundaries are found by searching it, so days of 23 and 25 hours, and zones
 * that change their clock at midnight, come out right.
 */
#ifndef BASE_LOCALDAY_H
#define BASE_LOCALDAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/utc.h"

enum { LOCALDAY_ZONE = 64 }; /* bytes of a zone's name, NUL included */

/*
 * The machine's zone by name ("Europe/Amsterdam"): the target of /etc/localtime,
 * else what /etc/timezone says, else "UTC". The TZ variable is not asked: it
 * differs between cron, a service and a shell, and the journal has one zone.
 * Returns buf.
 */
char *localday_machine_zone(char buf[static LOCALDAY_ZONE]);

/*
 * Use the zone of this name for the process from now on; NULL or "" is the
 * machine's. ERR_CONFIG when the system has no such zone.
 */
int localday_use(const char *zone, struct err *e);

/* The local date and time of an instant. */
struct civil localday_civil(int64_t utc);

/* First instant, in UTC, of a local day, month or year; see the top. */
int64_t localday_day_start(int year, int month,
			   int day);		   /* day may carry over */
int64_t localday_month_start(int year, int month); /* month may carry over */
int64_t localday_year_start(int year);

/*
 * The instant of a local date and time, for a meter that sends no S or W. In
 * the hour that happens twice the first one that is not before `not_before`
 * (UTC; INT64_MIN for none). A time that the clock skips is read as if it did
 * not.
 */
int64_t localday_resolve(const struct civil *local, int64_t not_before);

/*
 * Read "YYYY-MM-DD", "YYYY-MM" or "YYYY" (month and day are 1 when left out),
 * or "today" and "yesterday" as of the instant `now`. ERR_USAGE names what is
 * wrong: "2026-02-30 is not a date".
 */
int localday_parse_date(const char *text, int64_t now, struct civil *out,
			struct err *e);

#endif
