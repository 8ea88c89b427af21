/*
 * The schema: its tables and views, the steps between versions, and checks of a
 * file.
 */
#ifndef STORAGE_DB_SCHEMA_H
#define STORAGE_DB_SCHEMA_H

#include <sqlite3.h>

#include "base/err.h"
#include "storage/db/schema_label.h"

/*
 * Set what cannot be changed once the first page of a new file is written.
 * Returns 0; ERR_CONFIG if the file is not empty and not ours, or newer than
 * this program; ERR_DAMAGED if it is ours but its version number is impossible.
 */
int schema_prepare(sqlite3 *db, struct err *e);

/*
 * Bring the file to SCHEMA_VERSION, in one transaction. Returns 0, or a
 * negative code: ERR_DAMAGED if its tables are not those of its version.
 */
int schema_migrate(sqlite3 *db, struct err *e);

/* Create the schema in an empty database, within a transaction or not. */
int schema_make(sqlite3 *db, struct err *e);

/*
 * Returns ERR_CONFIG unless the file is ours, of exactly SCHEMA_VERSION and
 * with tables and views as p1logger made them; ERR_DAMAGED if its version
 * number is impossible.
 */
int schema_check(sqlite3 *db, struct err *e);

/* The same for a p1logger file of SCHEMA_VERSION or older. */
int schema_check_older(sqlite3 *db, struct err *e);

#endif
