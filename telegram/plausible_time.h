/* Check whether a telegram's time is plausible. */
#ifndef TELEGRAM_PLAUSIBLE_TIME_H
#define TELEGRAM_PLAUSIBLE_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* 2008-01-01, in UTC seconds: no P1 meter is older. */
#define FIRST_METER_TIME INT64_C(1199145600)

/* Times in UTC seconds. */
struct known_time {
	int64_t now; /* the machine's clock */
	bool synchronised;
	int64_t newest; /* accepted reading; INT64_MIN if none */
};

/*
 * Returns false if ts is before the first P1 meters (2008) or in the future: an
 * hour ahead of a synchronised clock, else 400 days ahead of both the clock and
 * all readings.
 */
bool plausible_time(const struct known_time *k, int64_t ts);

#endif
