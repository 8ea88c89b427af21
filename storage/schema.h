/*
 * The tables, as numbered migrations, and whether a file has them.
 */
#ifndef STORAGE_SCHEMA_H
#define STORAGE_SCHEMA_H

#include <sqlite3.h>

#include "base/err.h"

enum {
	SCHEMA_APPLICATION = 0x70314c67, /* PRAGMA application_id: "p1Lg" */
};

/* The newest schema that this program knows: PRAGMA user_version. */
int schema_version(void);

/*
 * Before the first page of a new file is written: what cannot be changed
 * later. ERR_CONFIG when the file is not empty and not ours, or newer;
 * ERR_DAMAGED when it is ours and its number is absurd.
 */
int schema_prepare(sqlite3 *db, struct err *e);

/*
 * Bring the file to schema_version(), in one transaction. ERR_DAMAGED when its
 * tables are not those of the number that it bears.
 */
int schema_migrate(sqlite3 *db, struct err *e);

/* Make all of the schema in an empty database; within a transaction or not. */
int schema_make(sqlite3 *db, struct err *e);

/*
 * ERR_CONFIG unless the file is ours, of exactly schema_version() and with
 * tables and views as p1logger made them; ERR_DAMAGED when its number is absurd.
 */
int schema_check(sqlite3 *db, struct err *e);

/* The same for one that is ours, of schema_version() or older. */
int schema_check_older(sqlite3 *db, struct err *e);

#endif
