/*
 * Local dates and times of day by the database's calendar, so that they match
 * the views whatever this machine's zone is.
 */
#ifndef STORAGE_HISTORY_LOCAL_TIME_H
#define STORAGE_HISTORY_LOCAL_TIME_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

enum { LOCAL_TIME_DAY = 11, LOCAL_TIME_TEXT = 20 };

/*
 * Find the start of the first local day that is `day` ("2026-03-10") or later;
 * a time after everything if the calendar ends before it. Returns 0 or a
 * negative code.
 */
int local_time_day_start(sqlite3 *db, struct span day, int64_t *out,
			 struct err *e);

/* Find the first midnight at or after t (UTC). */
int local_time_midnight(sqlite3 *db, int64_t t, int64_t *out, struct err *e);

/* Find the last midnight at or before t (UTC). */
int local_time_day_begin(sqlite3 *db, int64_t t, int64_t *out, struct err *e);

/*
 * Format t (UTC) as "2026-03-10 12:36:10"; "" if the calendar does not cover
 * it.
 */
int local_time_format(sqlite3 *db, int64_t t, char text[LOCAL_TIME_TEXT],
		      struct err *e);

/*
 * Find the instant with the same time of day on another date: `shift` is a
 * modifier of SQLite's date(), "-7 days", "-1 month" or "+1 year". A date that
 * does not exist (30 February) becomes the end of its month; a time of day that
 * spring skips becomes the moment of the clock change; a time of day that
 * autumn repeats becomes the first of the two. An instant outside the calendar
 * becomes the nearest one in it.
 */
int local_time_shift(sqlite3 *db, int64_t t, const char *shift, int64_t *out,
		     struct err *e);

#endif
