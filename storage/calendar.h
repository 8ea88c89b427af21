/*
 * The calendar in the database: local days, months and years with their begin
 * and end in UTC, of the process's time zone (base/localday.h). So the views
 * give everyone the same days, whatever zone who asks lives in.
 */
#ifndef STORAGE_CALENDAR_H
#define STORAGE_CALENDAR_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"

struct calendar {
	sqlite3 *db;
	int first, last; /* years that are filled; first > last: none */
};

/*
 * Read what is there; empty it when it is of another zone, or when the zone's
 * rules for `now` have changed. In a transaction that may write.
 */
int calendar_open(struct calendar *c, sqlite3 *db, const char *zone,
		  int64_t now, struct err *e);

/* Is the time in the years that are filled, and not in the last of them? */
int calendar_covers(const struct calendar *c, int64_t from, int64_t to);

/* Fill the years from that of `from` to the one after that of `to`. */
int calendar_cover(struct calendar *c, int64_t from, int64_t to, struct err *e);

#endif
