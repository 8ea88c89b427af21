/*
 * The tables, indexes and views of ours in a file: are they those that p1logger
 * made? A digest of their text, kept in `meta`, answers it at each opening.
 */
#ifndef STORAGE_DB_SCHEMA_OBJECTS_H
#define STORAGE_DB_SCHEMA_OBJECTS_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

/* Is this the name of a table, index or view of ours? */
bool schema_objects_has(const char *name);

/* Keep the digest of what is there now; within a transaction. */
int schema_objects_seal(sqlite3 *db, struct err *e);

/*
 * *sealed gets 1 when the objects are those that were sealed, 0 when they
 * differ, -1 when there is no seal. 0 or a negative code.
 */
int schema_objects_sealed(sqlite3 *db, int *sealed, struct err *e);

/*
 * For readers: 0, or ERR_CONFIG when the objects differ from those that were
 * sealed. A file without a digest passes.
 */
int schema_objects_check(sqlite3 *db, struct err *e);

#endif
