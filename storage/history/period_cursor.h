/* Internal: walk the periods of a view in order. */
#ifndef STORAGE_HISTORY_PERIOD_CURSOR_H
#define STORAGE_HISTORY_PERIOD_CURSOR_H

#include "storage/db/stmt.h"
#include "storage/history/consumption.h"

/* Plain data; zeroed before its first use. */
struct period_cursor {
	struct stmt of[PERIOD_COUNT];
	enum period now;
};

/* Like history_begin and history_next. */
int period_cursor_begin(struct period_cursor *w, sqlite3 *db, enum period p,
			int64_t from, int64_t to, struct err *e);
int period_cursor_next(struct period_cursor *w, struct consumption *out,
		       struct err *e);

void period_cursor_close(struct period_cursor *w); /* safe if zeroed */

#endif
