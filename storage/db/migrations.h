/*
 * Migrations from one version of the schema to the next, each an SQL script. Add
 * a new one to the list in migrations.c.
 */
#ifndef STORAGE_DB_MIGRATIONS_H
#define STORAGE_DB_MIGRATIONS_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* One for each version after SCHEMA_FIRST; ends with NULL. */
extern const char *const migrations[];

/*
 * Run the migrations of `list` from number `from` up to the one before `to`,
 * within the caller's transaction, which undoes all of them if one fails.
 * Returns 0, or a negative code: ERR_DAMAGED if SQLite refuses a statement,
 * because the tables are not those for which the migration was made.
 */
int migrations_run(sqlite3 *db, const char *const *list, int64_t from,
		   size_t to, struct err *e);

#endif
