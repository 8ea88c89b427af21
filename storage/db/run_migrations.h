/* Steps from one version of the schema to the next, each an SQL script. */
#ifndef STORAGE_DB_RUN_MIGRATIONS_H
#define STORAGE_DB_RUN_MIGRATIONS_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/*
 * Take the steps from the one at `from` up to the one before `to`, within the
 * caller's transaction, which undoes all of them if one fails. Returns 0, or a
 * negative code: ERR_DAMAGED if SQLite refuses a statement, because the tables
 * are not those for which the step was made.
 */
int run_migrations(sqlite3 *db, const char *const *steps, int64_t from,
		   size_t to, struct err *e);

#endif
