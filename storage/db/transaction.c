#include "storage/db/transaction.h"

#include "storage/db/stmt.h"

int transaction_begin(sqlite3 *db, struct err *e)
{
	return stmt_exec(db, "BEGIN IMMEDIATE", e);
}

int transaction_commit(sqlite3 *db, struct err *e)
{
	return stmt_exec(db, "COMMIT", e);
}

void transaction_rollback(sqlite3 *db)
{
	struct err ignored;

	if (sqlite3_get_autocommit(db) == 0)
		stmt_exec(db, "ROLLBACK", &ignored);
}
