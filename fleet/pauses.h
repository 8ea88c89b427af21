/*
 * When a follower that cannot reach its server tries again. Pure.
 */
#ifndef FLEET_PAUSES_H
#define FLEET_PAUSES_H

#include <stdint.h>

enum { PAUSE_MOST = 3600 }; /* seconds */

/*
 * Seconds until the next try after `failures` failures in a row (1 or more),
 * for runs `interval` seconds apart: twice as long after each, up to an hour.
 * `chance` is a random number from 0 to 1000 that shortens the pause by up to a
 * quarter, so that the homes do not return all at once.
 */
int64_t pauses_after(int failures, int64_t interval, int chance);

/*
 * Seconds that a run waits before it starts: up to half of `interval`, by
 * `chance`.
 */
int64_t pauses_before(int64_t interval, int chance);

#endif
