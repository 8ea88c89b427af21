#include "storage/history/local_time.h"

#include <stdio.h>
#include <string.h>

#include "storage/db/stmt.h"

/* The day of ?1, and its time of day on the clock, in seconds. */
#define DAY_OF                                                                 \
	"day AS (SELECT day, ?1 - start_ts + iif(?1 >= change_ts, change_s,"   \
	" 0) AS shown, utc_offset_s FROM calendar_day WHERE start_ts <= ?1"    \
	" ORDER BY start_ts DESC LIMIT 1)"

int local_time_day_start(sqlite3 *db, struct span day, int64_t *out,
			 struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(
		&s, db,
		"SELECT min(start_ts) FROM calendar_day WHERE day >= ?1", e);

	if (rc == 0) {
		stmt_bind_text(&s, 1, day);
		rc = stmt_value(&s, INT64_C(253402300799), out, e);
	}
	stmt_close(&s);
	return rc;
}

int local_time_midnight(sqlite3 *db, int64_t t, int64_t *out, struct err *e)
{
	return stmt_ask_with(
		db,
		"SELECT min(start_ts) FROM calendar_day WHERE start_ts >= ?1",
		&t, 1, t, out, e);
}

int local_time_day_begin(sqlite3 *db, int64_t t, int64_t *out, struct err *e)
{
	return stmt_ask_with(
		db,
		"SELECT max(start_ts) FROM calendar_day WHERE start_ts <= ?1",
		&t, 1, t, out, e);
}

int local_time_format(sqlite3 *db, int64_t t, char text[LOCAL_TIME_TEXT],
		      struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "WITH " DAY_OF " SELECT day || ' ' ||"
			   " time(shown, 'unixepoch') FROM day",
			   e);

	text[0] = '\0';
	if (rc == 0) {
		stmt_bind(&s, 1, t);
		rc = stmt_next(&s, e);
	}
	if (rc > 0)
		snprintf(text, LOCAL_TIME_TEXT, "%.*s",
			 SPAN_ARG(stmt_text(&s, 0)));
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

/*
 * Shifting by days always gives a date that exists; months and years may not.
 */
static const char shifted[] =
	"WITH " DAY_OF ", moved AS (SELECT shown, date(day, ?2) AS day,"
	" ?2 NOT LIKE '%day%' AND substr(date(day, ?2), 9) <> substr(day, 9)"
	" AS missed FROM day),"
	" target AS (SELECT iif(missed, 0, shown) AS shown,"
	" iif(missed, date(day, 'start of month'), day) AS day FROM moved)"
	" SELECT iif(start_ts + shown >= change_ts,"
	" max(start_ts + shown - change_s, change_ts), start_ts + shown)"
	" FROM target JOIN calendar_day USING (day) UNION ALL"
	" SELECT iif((SELECT day FROM target) < min(day), min(start_ts),"
	" max(end_ts)) FROM calendar_day LIMIT 1";

int local_time_shift(sqlite3 *db, int64_t t, const char *shift, int64_t *out,
		     struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, shifted, e);

	if (rc == 0) {
		stmt_bind(&s, 1, t);
		stmt_bind_text(&s, 2, span_of(shift));
		rc = stmt_value(&s, t, out, e);
	}
	stmt_close(&s);
	return rc;
}
