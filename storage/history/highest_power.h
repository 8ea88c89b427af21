/* The highest power drawn. */
#ifndef STORAGE_HISTORY_HIGHEST_POWER_H
#define STORAGE_HISTORY_HIGHEST_POWER_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"

/*
 * Find the highest power of import among the readings in [from, to), in W, and
 * when it was seen, or when its row was stored if there are fewer rows (UTC).
 * Looks at each row. Returns 1, 0 if there is none, or a negative code.
 */
int highest_power_find(sqlite3 *db, int64_t from, int64_t to, int64_t *w,
		       int64_t *ts, struct err *e);

#endif
