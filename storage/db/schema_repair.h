/*
 * Recreate tables, indexes and views that a person dropped or changed, by
 * comparing them with a new schema in memory.
 */
#ifndef STORAGE_DB_SCHEMA_REPAIR_H
#define STORAGE_DB_SCHEMA_REPAIR_H

#include <sqlite3.h>

#include "base/err.h"
#include "storage/db/repair_report.h"

/*
 * For the writer, at SCHEMA_VERSION: recreate missing tables, columns, indexes
 * and views, and drop foreign indexes that can refuse a reading (unique ones,
 * and those on expressions). Reports each to `r`. Takes the write lock if there
 * is something to do. Returns 0 or a negative code: ERR_DAMAGED if a table
 * cannot be repaired.
 */
int schema_repair(sqlite3 *db, const struct repair_report *r, struct err *e);

#endif
