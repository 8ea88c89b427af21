/*
 * The calendar in the database: local days, months and years with their start
 * and end in UTC, of the process's time zone (base/localday.h). So the views
 * give everyone the same days, whatever zone who asks lives in.
 */
#ifndef STORAGE_JOURNAL_CALENDAR_H
#define STORAGE_JOURNAL_CALENDAR_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct calendar {
	sqlite3 *db;
	int first, last; /* years that are filled; first > last: none */
	bool holes;	 /* a person took rows out, or changed them */
};

/*
 * Read which years are there, and whether they are without a hole, as are the
 * months and days of the last two; with `whole` of all. 0 or a negative
 * code.
 */
int calendar_open(struct calendar *c, sqlite3 *db, bool whole, struct err *e);

/*
 * Is it of this zone, with its rules of today, and does it cover `now` and all
 * readings? 1 or 0,
 * or a negative code.
 */
int calendar_is_current(struct calendar *c, const char *zone, int64_t now,
			struct err *e);

/*
 * Make it so, in a transaction: where the zone or its rules are others, all of
 * it is filled again, for `now` and for the readings that are there. 1 when it
 * was, 0 when at most years were added, or a negative code.
 */
int calendar_refresh(struct calendar *c, const char *zone, int64_t now,
		     struct err *e);

/* Are both times in the years that are filled, and not in the last of them? */
bool calendar_covers(const struct calendar *c, int64_t from, int64_t to);

/* Fill the years from that of `from` to the one after that of `to`. */
int calendar_cover(struct calendar *c, int64_t from, int64_t to, struct err *e);

#endif
