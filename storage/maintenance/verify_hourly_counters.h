/* Compare the stored boundaries with those computed from the readings. */
#ifndef STORAGE_MAINTENANCE_VERIFY_HOURLY_COUNTERS_H
#define STORAGE_MAINTENANCE_VERIFY_HOURLY_COUNTERS_H

#include <sqlite3.h>

#include "base/err.h"

/*
 * Compare the tables counter_from and counter_to with the readings, and call
 * `wrong` with a sentence for each row that differs. Only reads. Returns 0 or a
 * negative code.
 */
int verify_hourly_counters(sqlite3 *db,
			   void (*wrong)(void *ctx, const char *what),
			   void *ctx, struct err *e);

#endif
