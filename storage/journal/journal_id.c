#include "storage/journal/journal_id.h"

#include "storage/db/stmt.h"

int journal_id_ensure(sqlite3 *db, struct err *e)
{
	int64_t there;
	int rc = stmt_ask(db,
			  "SELECT count(*) FROM meta WHERE key = 'journal_id'",
			  &there, e);

	return rc < 0 || there != 0 ? rc : journal_id_renew(db, e);
}

int journal_id_renew(sqlite3 *db, struct err *e)
{
	return stmt_exec(db,
			 "INSERT OR REPLACE INTO meta VALUES ('journal_id', "
			 "lower(hex(randomblob(16))))",
			 e);
}
