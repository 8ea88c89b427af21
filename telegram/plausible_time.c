#include "telegram/plausible_time.h"

#include "base/utc.h"

enum {
	AHEAD_S = HOUR_S,
	FAR_AHEAD_S = 400 * DAY_S,
};

bool plausible_time(const struct known_time *k, int64_t ts)
{
	int64_t known = k->now > k->newest ? k->now : k->newest;

	if (ts < FIRST_METER_TIME)
		return false;
	if (k->synchronised)
		return ts <= k->now + AHEAD_S;
	return known < FIRST_METER_TIME || ts <= known + FAR_AHEAD_S;
}
