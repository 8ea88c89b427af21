/*
 * A meter's own clock: winter time, and summer time by the rule of the
 * European Union, by arithmetic. No time zone of the machine is asked.
 */
#ifndef SIM_ZONE_H
#define SIM_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/utc.h"

struct zone {
	int base;	   /* seconds that winter time is ahead of UTC */
	bool winter;	   /* winter time all the year, as in Sweden */
	bool wrong_letter; /* a time says S in winter, W in summer */
};

/*
 * Summer time lasts from 01:00 UTC on the last Sunday of March to 01:00 UTC on
 * that of October. Source: Directive 2000/84/EC, articles 2 and 3.
 */
bool zone_summer(const struct zone *z, int64_t utc);

/* 'S' or 'W', behind a time: is it summer time? */
char zone_letter(const struct zone *z, int64_t utc);

/* Seconds that the clock is ahead of UTC at this instant. */
int zone_offset(const struct zone *z, int64_t utc);

/* What the clock shows. */
struct civil zone_local(const struct zone *z, int64_t utc);

/* The instant at which the local month began that `utc` lies in. */
int64_t zone_month_start(const struct zone *z, int64_t utc);

/* 0 Sunday to 6 Saturday, of days since 1970-01-01. */
int zone_weekday(int64_t day);

#endif
