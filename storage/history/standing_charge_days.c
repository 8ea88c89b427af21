#include "storage/history/standing_charge_days.h"

#include "storage/db/stmt.h"

#define COUNT_DAYS(those)                                                      \
	"SELECT count(*) FROM calendar_day WHERE start_ts >= ?1 AND " those    \
	" AND start_ts <= ?3 AND end_ts > (SELECT min(first_ts) FROM extent)"

int standing_charge_days_started(sqlite3 *db, int64_t from, int64_t to,
				 int64_t now, int64_t *out, struct err *e)
{
	return stmt_ask_with(db, COUNT_DAYS("start_ts < ?2"),
			     (int64_t[]){ from, to, now }, 3, 0, out, e);
}

int standing_charge_days_whole(sqlite3 *db, int64_t from, int64_t to,
			       int64_t now, int64_t *out, struct err *e)
{
	return stmt_ask_with(db, COUNT_DAYS("start_ts < ?2 AND end_ts <= ?2"),
			     (int64_t[]){ from, to, now }, 3, 0, out, e);
}
