/*
 * The local hours with the highest import, by the difference between the
 * counters at both ends: Swedish operators charge for the mean of a month's
 * highest hours.
 */
#ifndef STORAGE_HISTORY_HOUR_PEAKS_H
#define STORAGE_HISTORY_HOUR_PEAKS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum { HOUR_PEAKS_APART_S = 1800 }; /* of the readings around an end, at most */

struct hour_peak {
	int64_t start;	   /* UTC */
	int64_t import_wh; /* or the mean power, in W */
};

/*
 * Find the `most` hours in [from, to) with the highest import, highest first,
 * only one per local day if `days`; set *n to how many are known. Returns 0 or
 * a negative code.
 */
int hour_peaks_find(sqlite3 *db, int64_t from, int64_t to, bool days, int most,
		    struct hour_peak *out, int *n, struct err *e);

#endif
