/*
 * The tables, indexes and views of ours in a file: are they those that p1logger
 * made? A digest of their text, kept in `meta`, answers it at each opening; what
 * a person dropped or changed is made again from a new schema in memory.
 */
#ifndef STORAGE_SCHEMA_OBJECTS_H
#define STORAGE_SCHEMA_OBJECTS_H

#include <sqlite3.h>

#include "base/err.h"
#include "storage/repairs.h"

/* Keep the digest of what is there now; within a transaction. */
int schema_objects_seal(sqlite3 *db, struct err *e);

/*
 * For readers: 0, or ERR_CONFIG when the objects differ from those that were
 * sealed. A file without a digest passes.
 */
int schema_objects_check(sqlite3 *db, struct err *e);

/*
 * For the writer, at schema_version(): make missing tables, columns, indexes
 * and views again, and drop indexes of others that can refuse a reading
 * (unique ones and such of expressions). Tells `r` of each. Takes the write lock
 * when there is something to do. 0; ERR_DAMAGED when a table cannot be mended.
 */
int schema_objects_repair(sqlite3 *db, const struct repairs *r, struct err *e);

#endif
