#include "rrd/archives.h"

#include "base/span.h"
#include "base/utc.h"

enum {
	FINE_ROWS = 35 * DAY_S / ARCHIVES_STEP, /* a month and a few days */
	HOUR_ROWS = 400 * 24,			/* a year and a month */
	DAY_ROWS = 3720,			/* ten years and two months */
};

/*
 * Averages require complete data, so that average times width is the
 * consumption; a peak counts whenever it was seen.
 */
#define NONE 0.0
#define ALL_BUT_ONE 0.999

const struct archive archives[ARCHIVE_COUNT] = {
	{ "AVERAGE", NONE, ARCHIVES_STEP, FINE_ROWS },
	{ "AVERAGE", NONE, HOUR_S, HOUR_ROWS },
	{ "AVERAGE", NONE, DAY_S, DAY_ROWS },
	{ "MAX", ALL_BUT_ONE, ARCHIVES_STEP, FINE_ROWS },
	{ "MAX", ALL_BUT_ONE, HOUR_S, HOUR_ROWS },
	{ "MAX", ALL_BUT_ONE, DAY_S, DAY_ROWS },
};

int64_t archives_reach(void)
{
	int64_t most = 0;

	for (size_t i = 0; i < COUNT(archives); i++)
		if (archives[i].width * archives[i].rows > most)
			most = archives[i].width * archives[i].rows;
	return most;
}

int64_t archives_gap(enum medium m)
{
	return m == MEDIUM_ELECTRICITY ? 1200 : 3 * HOUR_S;
}
