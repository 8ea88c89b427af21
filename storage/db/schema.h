/*
 * The tables, as numbered migrations, and whether a file has them.
 */
#ifndef STORAGE_DB_SCHEMA_H
#define STORAGE_DB_SCHEMA_H

#include <sqlite3.h>

#include "base/err.h"
#include "storage/db/schema_label.h"

/*
 * Before the first page of a new file is written: what cannot be changed
 * later. ERR_CONFIG when the file is not empty and not ours, or newer;
 * ERR_DAMAGED when it is ours and its number is absurd.
 */
int schema_prepare(sqlite3 *db, struct err *e);

/*
 * Bring the file to SCHEMA_VERSION, in one transaction. ERR_DAMAGED when its
 * tables are not those of the number that it bears.
 */
int schema_migrate(sqlite3 *db, struct err *e);

/* Make all of the schema in an empty database; within a transaction or not. */
int schema_make(sqlite3 *db, struct err *e);

/*
 * ERR_CONFIG unless the file is ours, of exactly SCHEMA_VERSION and with
 * tables and views as p1logger made them; ERR_DAMAGED when its number is absurd.
 */
int schema_check(sqlite3 *db, struct err *e);

/* The same for one that is ours, of SCHEMA_VERSION or older. */
int schema_check_older(sqlite3 *db, struct err *e);

#endif
