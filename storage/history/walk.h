/* Within the room: the periods of a view, one after the other. */
#ifndef STORAGE_HISTORY_WALK_H
#define STORAGE_HISTORY_WALK_H

#include "storage/db/stmt.h"
#include "storage/history/usage.h"

/* Plain data; zeroed before its first use. */
struct walk {
	struct stmt of[PERIOD_COUNT];
	enum period now;
};

/* As history_begin and history_next. */
int walk_begin(struct walk *w, sqlite3 *db, enum period p, int64_t from,
	       int64_t to, struct err *e);
int walk_next(struct walk *w, struct usage *out, struct err *e);

void walk_close(struct walk *w); /* also of a zeroed one */

#endif
