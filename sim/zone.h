/*
 * The meter's own clock: winter time, and EU summer time, by pure arithmetic.
 * The machine's time zone is not used.
 */
#ifndef SIM_ZONE_H
#define SIM_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/utc.h"

struct zone {
	int base;	   /* offset of winter time from UTC in seconds */
	bool winter;	   /* winter time all year, as in Sweden */
	bool wrong_letter; /* prints S in winter, W in summer */
};

/*
 * Summer time lasts from 01:00 UTC on the last Sunday of March to 01:00 UTC on
 * the last Sunday of October. Source: Directive 2000/84/EC, articles 2 and 3.
 */
bool zone_summer(const struct zone *z, int64_t utc);

/* 'S' or 'W' for a time: summer or winter. */
char zone_letter(const struct zone *z, int64_t utc);

/* The clock's offset from UTC at this instant, in seconds. */
int zone_offset(const struct zone *z, int64_t utc);

/* Local time on the clock. */
struct civil zone_local(const struct zone *z, int64_t utc);

/* Start of the local month that contains `utc`. */
int64_t zone_month_start(const struct zone *z, int64_t utc);

/* 0 Sunday to 6 Saturday, for days since 1970-01-01. */
int zone_weekday(int64_t day);

#endif
