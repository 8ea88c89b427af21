/* Transactions of the writer and of readers. */
#ifndef STORAGE_DB_TRANSACTION_H
#define STORAGE_DB_TRANSACTION_H

#include <sqlite3.h>

#include "base/err.h"

/*
 * Take the write lock. Returns 0 or a negative code: ERR_BUSY if another
 * program has it.
 */
int transaction_begin(sqlite3 *db, struct err *e);

/* Returns 0, or a negative code: then roll back or try again. */
int transaction_commit(sqlite3 *db, struct err *e);

/*
 * Read one unchanging state of the database until transaction_rollback,
 * whatever the writer commits meanwhile; the file grows during that time.
 * Returns 0 or a negative code.
 */
int transaction_hold(sqlite3 *db, struct err *e);

/* Undo what was written; without a transaction, do nothing. */
void transaction_rollback(sqlite3 *db);

#endif
