/*
 * Internal: the readers' connection. Its queries are in history.c and the other
 * history_*.c.
 */
#ifndef STORAGE_HISTORY_HISTORY_CONNECTION_H
#define STORAGE_HISTORY_HISTORY_CONNECTION_H

#include "base/localday.h"
#include "storage/db/stmt.h"
#include "storage/history/interpolation.h"
#include "storage/history/period_cursor.h"

struct history {
	sqlite3 *db;
	char timezone[LOCALDAY_ZONE];
	struct stmt extent[MEDIUM_COUNT], after[MEDIUM_COUNT];
	struct interpolation interpolation;
	struct period_cursor walk;
	struct stmt peak, peak_after, changes;
};

#endif
