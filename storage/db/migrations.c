#include "storage/db/migrations.h"

#include "storage/db/schema_label.h"
#include "storage/db/stmt.h"

/*
 * Row n makes version SCHEMA_FIRST + n + 1 from the one before, so that tables,
 * indexes and views are as in schema.sql. Append; never change a released one.
 */
const char *const migrations[] = { NULL };

_Static_assert(COUNT(migrations) - 1 == SCHEMA_VERSION - SCHEMA_FIRST,
	       "each version has a migration");

static int not_of_its_number(sqlite3 *db, int64_t step, struct err *e)
{
	const long long version = SCHEMA_FIRST + step;

	if (e->code != ERR_FAILED || sqlite3_errcode(db) != SQLITE_ERROR)
		return e->code;
	return err_set(e, ERR_DAMAGED,
		       "the database is damaged: its tables are not those of "
		       "its schema %lld",
		       version);
}

int migrations_run(sqlite3 *db, const char *const *list, int64_t from,
		   size_t to, struct err *e)
{
	for (int64_t i = from; i < (int64_t)to; i++)
		if (stmt_exec_script(db, list[i], e) < 0)
			return not_of_its_number(db, i, e);
	return 0;
}
