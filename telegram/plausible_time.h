/* Whether a telegram's time can be true, from what this machine knows. */
#ifndef TELEGRAM_PLAUSIBLE_TIME_H
#define TELEGRAM_PLAUSIBLE_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* 2008-01-01, in UTC seconds: no meter with a P1 port is older. */
#define FIRST_METER_TIME INT64_C(1199145600)

/* Times in UTC seconds. */
struct known_time {
	int64_t now; /* the machine's */
	bool synchronised;
	int64_t newest; /* accepted reading; INT64_MIN: none */
};

/*
 * True unless ts is before there were such meters (2008), or in the future: an
 * hour ahead of a machine whose clock is synchronised, else 400 days ahead of
 * it and of all readings.
 */
bool plausible_time(const struct known_time *k, int64_t ts);

#endif
