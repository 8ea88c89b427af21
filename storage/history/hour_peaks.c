#include "storage/history/hour_peaks.h"

#include "storage/db/stmt.h"

/* The view is searched by its days. An hour in progress is not known. */
static const char highest[] =
	"SELECT start_ts, import_wh FROM (SELECT start_ts, import_wh,"
	" row_number() OVER (PARTITION BY iif(?3, day, start_ts)"
	" ORDER BY import_wh DESC, start_ts) AS place FROM hourly_wh"
	" WHERE day >= ifnull((SELECT day FROM calendar_day"
	" WHERE start_ts <= ?1 ORDER BY start_ts DESC LIMIT 1), '')"
	" AND day <= (SELECT day FROM calendar_day"
	" WHERE start_ts < ?2 ORDER BY start_ts DESC LIMIT 1)"
	" AND start_ts >= ?1 AND end_ts <= ?2 AND import_wh IS NOT NULL"
	" AND gap_s <= ?4 AND end_ts <= (SELECT last_ts FROM extent"
	" WHERE medium = 'electricity')) WHERE place = 1"
	" ORDER BY import_wh DESC, start_ts";

int hour_peaks_find(sqlite3 *db, int64_t from, int64_t to, bool days, int most,
		    struct hour_peak *out, int *n, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, highest, e);

	*n = 0;
	if (rc == 0)
		stmt_bind_all(&s,
			      (int64_t[]){ from, to, days, HOUR_PEAKS_APART_S },
			      4);
	while (rc >= 0 && *n < most && (rc = stmt_next(&s, e)) > 0)
		out[(*n)++] =
			(struct hour_peak){ stmt_time(&s, 0), stmt_int(&s, 1) };
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}
