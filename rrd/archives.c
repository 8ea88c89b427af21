#include "rrd/archives.h"

#include "base/span.h"
#include "base/utc.h"

#define OF_RATE(what) .series = SERIES_##what
#define OF_PEAK(what) .peak = PEAK_##what

const struct column columns[COLUMN_COUNT] = {
#define X(id, ds, in, source, what, fixed)                                     \
	[COLUMN_##id] = { .name = (ds),                                        \
			  .medium = MEDIUM_##in,                               \
			  .from = COLUMN_##source,                             \
			  OF_##source(what),                                   \
			  .always = (fixed) },
	COLUMNS(X)
#undef X
};

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

uint32_t columns_of_medium(enum medium m, uint32_t have)
{
	uint32_t set = 0;

	for (size_t i = 0; i < COUNT(columns); i++) {
		const struct column *c = &columns[i];

		if (c->medium == m && (c->always || have >> c->series & 1))
			set |= UINT32_C(1) << i;
	}
	return set;
}

int64_t archives_gap(enum medium m)
{
	return m == MEDIUM_ELECTRICITY ? 1200 : 3 * HOUR_S;
}
