/* Consumption in a period of local time. */
#ifndef STORAGE_HISTORY_CONSUMPTION_H
#define STORAGE_HISTORY_CONSUMPTION_H

#include <stdint.h>

#include "storage/history/series.h"

enum period {
	PERIOD_HOUR,
	PERIOD_DAY,
	PERIOD_MONTH,
	PERIOD_YEAR,
	PERIOD_COUNT
};

/* One local hour, day, month or year: a row of the views. */
struct consumption {
	int64_t start, end;	      /* UTC of the local boundaries */
	uint32_t have;		      /* bit s: amount[s] is known */
	int64_t amount[SERIES_COUNT]; /* consumed, in series[s].unit */
	int64_t gap_s
		[MEDIUM_COUNT]; /* larger gap of the boundaries; -1 if none */
};

#endif
