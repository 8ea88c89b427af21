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
 * later. ERR_CONFIG when the file is not empty and none of ours, or newer.
 */
int schema_prepare(sqlite3 *db, struct err *e);

/* Bring the file to schema_version(), in one transaction. */
int schema_migrate(sqlite3 *db, struct err *e);

/* ERR_CONFIG unless the file is ours and of exactly schema_version(). */
int schema_check(sqlite3 *db, struct err *e);

/* The same for one that is ours, of schema_version() or older. */
int schema_check_older(sqlite3 *db, struct err *e);

#endif
