/* Convert SQLite's result codes to ours, with a sentence for people. */
#ifndef STORAGE_DB_SQLITE_ERROR_H
#define STORAGE_DB_SQLITE_ERROR_H

#include <sqlite3.h>

#include "base/err.h"

/*
 * Record why a call on this connection failed with the SQLite code `rc`. Returns
 * e->code: ERR_BUSY, ERR_PERMISSION, ERR_CONFIG for another kind of file,
 * ERR_CREATE, ERR_IO, ERR_DAMAGED or ERR_FAILED.
 */
int sqlite_error(sqlite3 *db, int rc, struct err *e);

#endif
