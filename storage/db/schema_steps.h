/* Steps from one version of the schema to the next, each a script of SQL. */
#ifndef STORAGE_DB_SCHEMA_STEPS_H
#define STORAGE_DB_SCHEMA_STEPS_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/*
 * Take the steps from the one at place `from` up to the one before `to`, within
 * the caller's transaction, which undoes all of them when one fails. 0, or a
 * negative code: ERR_DAMAGED when SQLite refuses a statement, since the tables
 * are then not those for which the step was made.
 */
int schema_steps_take(sqlite3 *db, const char *const *steps, int64_t from,
		      size_t to, struct err *e);

#endif
