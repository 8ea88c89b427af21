/*
 * The calendar in the database: local days, months and years with their start
 * and end in UTC, in the process's time zone (base/localday.h). So the views
 * give everyone the same days, whatever their own zone.
 */
#ifndef STORAGE_JOURNAL_CALENDAR_TABLES_H
#define STORAGE_JOURNAL_CALENDAR_TABLES_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/localday.h"

struct calendar_tables {
	sqlite3 *db;
	int first, last; /* years that are filled; first > last if none */
	bool holes;	 /* a person removed or changed rows */
};

/*
 * Read which years are filled, and whether these are complete, with the months
 * and days of the last two years or, if `whole`, of all. Returns 0 or a
 * negative code.
 */
int calendar_tables_open(struct calendar_tables *c, sqlite3 *db, bool whole,
			 struct err *e);

/*
 * Read the name of the calendar's zone; longer names are truncated. Returns 1, 0
 * if there is no calendar yet, or a negative code.
 */
int calendar_tables_zone(sqlite3 *db, char zone[static LOCALDAY_ZONE],
			 struct err *e);

/*
 * Does the calendar match this zone, with its current rules, and cover `now`?
 * Returns 0 or a negative code.
 */
int calendar_tables_current(struct calendar_tables *c, const char *zone,
			    int64_t now, bool *current, struct err *e);

/*
 * Bring the calendar up to date, in a transaction. If the zone or its rules
 * have changed, it is filled again completely, for `now` and the stored
 * readings. Returns 1 in that case, 0 if at most years were added, or a
 * negative code.
 */
int calendar_tables_refresh(struct calendar_tables *c, const char *zone,
			    int64_t now, struct err *e);

/* Are both times in the filled years, and not in the last one? */
bool calendar_tables_covers(const struct calendar_tables *c, int64_t from,
			    int64_t to);

/* Fill the years from that of `from` to the one after that of `to`. */
int calendar_tables_cover(struct calendar_tables *c, int64_t from, int64_t to,
			  struct err *e);

#endif
