/*
 * Tables, indexes and views that a person dropped or changed are made again,
 * from a new schema in memory.
 */
#ifndef STORAGE_DB_SCHEMA_REPAIR_H
#define STORAGE_DB_SCHEMA_REPAIR_H

#include <sqlite3.h>

#include "base/err.h"
#include "storage/db/repairs.h"

/*
 * For the writer, at SCHEMA_VERSION: make missing tables, columns, indexes
 * and views again, and drop indexes of others that can refuse a reading
 * (unique ones and such of expressions). Tells `r` of each. Takes the write lock
 * when there is something to do. 0; ERR_DAMAGED when a table cannot be mended.
 */
int schema_repair(sqlite3 *db, const struct repairs *r, struct err *e);

#endif
