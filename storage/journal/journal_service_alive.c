/* Does a service write to the database now? */
#include <stdlib.h>

#include "storage/db/db.h"
#include "storage/db/stmt.h"
#include "storage/journal/journal.h"

bool journal_service_alive(const char *path, int64_t now)
{
	struct stmt s = { 0 };
	struct err e = { 0 };
	sqlite3 *db;
	bool alive = false;

	if (db_open_reader(&db, path, &e) < 0)
		return false;
	if (stmt_open(&s, db,
		      "SELECT written_ts, every_s FROM change_list WHERE "
		      "every_s IS NOT NULL ORDER BY id DESC LIMIT 1",
		      &e) == 0 &&
	    stmt_next(&s, &e) > 0)
		alive = llabs(now - stmt_time(&s, 0)) <= 2 * stmt_int(&s, 1);
	stmt_close(&s);
	db_close(db);
	return alive;
}
