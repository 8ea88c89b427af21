/* The counters of one medium at one instant. */
#ifndef STORAGE_HISTORY_COUNTER_POINT_H
#define STORAGE_HISTORY_COUNTER_POINT_H

#include <stdint.h>

#include "storage/history/series.h"

struct counter_point {
	int64_t t;		       /* UTC */
	uint32_t have;		       /* bit s: counter[s] is known */
	int64_t counter[SERIES_COUNT]; /* continuous, in series[s].unit */
	int64_t gap_s; /* time between the readings around t; 0: at t */
};

#endif
