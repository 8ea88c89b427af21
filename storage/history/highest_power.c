#include "storage/history/highest_power.h"

#include "storage/db/stmt.h"

int highest_power_find(sqlite3 *db, int64_t from, int64_t to, int64_t *w,
		       int64_t *ts, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "SELECT max(ifnull(power_import_max_w,"
			   " power_import_w)), ts FROM electricity"
			   " WHERE ts >= ?1 AND ts < ?2",
			   e);

	if (rc == 0) {
		stmt_bind_all(&s, (int64_t[]){ from, to }, 2);
		rc = stmt_next(&s, e);
	}
	if (rc > 0) {
		*w = stmt_int(&s, 0);
		*ts = stmt_time(&s, 1);
		rc = !stmt_is_null(&s, 0);
	}
	stmt_close(&s);
	return rc;
}
