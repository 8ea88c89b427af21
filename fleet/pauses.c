#include "fleet/pauses.h"

int64_t pauses_after(int failures, int64_t interval, int chance)
{
	int64_t pause = interval;

	for (int i = 1; i < failures && pause < PAUSE_MOST; i++)
		pause *= 2;
	if (pause > PAUSE_MOST)
		pause = PAUSE_MOST;
	return pause - pause * chance / 4000;
}

int64_t pauses_before(int64_t interval, int chance)
{
	return interval * chance / 2000;
}
