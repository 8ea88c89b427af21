/* How many local days the standing charge of a period covers. */
#ifndef STORAGE_HISTORY_STANDING_CHARGE_DAYS_H
#define STORAGE_HISTORY_STANDING_CHARGE_DAYS_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"

/*
 * Count the days that start in [from, to) (UTC), not after `now`, and end after
 * the first reading of any medium. Returns 0 or a negative code.
 */
int standing_charge_days_started(sqlite3 *db, int64_t from, int64_t to,
				 int64_t now, int64_t *out, struct err *e);

/* Count the days that lie completely in [from, to). */
int standing_charge_days_whole(sqlite3 *db, int64_t from, int64_t to,
			       int64_t now, int64_t *out, struct err *e);

#endif
