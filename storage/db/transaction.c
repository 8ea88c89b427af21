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

int transaction_hold(sqlite3 *db, struct err *e)
{
	int64_t any;
	int rc = stmt_exec(db, "BEGIN", e);

	/* The state is chosen by the first query, not by BEGIN. */
	if (rc == 0)
		rc = stmt_ask(db, "SELECT count(*) FROM meta", &any, e);
	if (rc < 0)
		transaction_rollback(db);
	return rc;
}

void transaction_rollback(sqlite3 *db)
{
	struct err ignored;

	if (sqlite3_get_autocommit(db) == 0)
		stmt_exec(db, "ROLLBACK", &ignored);
}
