#include "telegram/plausible_time.h"

enum {
	AHEAD_S = 3600,
	FAR_AHEAD_S = 400 * 86400,
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
