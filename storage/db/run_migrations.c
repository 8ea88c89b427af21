#include "storage/db/run_migrations.h"

#include "storage/db/schema_label.h"
#include "storage/db/stmt.h"

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

int run_migrations(sqlite3 *db, const char *const *steps, int64_t from,
		   size_t to, struct err *e)
{
	for (int64_t i = from; i < (int64_t)to; i++)
		if (stmt_exec_script(db, steps[i], e) < 0)
			return not_of_its_number(db, i, e);
	return 0;
}
