/*
 * Check that our tables, indexes and views in a file are those that p1logger
 * made: at each opening, by a digest of their text in `meta`.
 */
#ifndef STORAGE_DB_SCHEMA_DIGEST_H
#define STORAGE_DB_SCHEMA_DIGEST_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

/* Is this the name of one of our tables, indexes or views? */
bool schema_digest_has(const char *name);

/* Store the digest of the present objects; within a transaction. */
int schema_digest_seal(sqlite3 *db, struct err *e);

/*
 * Sets *sealed to 1 if the objects match the digest, 0 if they differ, -1
 * without a digest. Returns 0 or a negative code.
 */
int schema_digest_sealed(sqlite3 *db, int *sealed, struct err *e);

/*
 * For readers: returns 0, or ERR_CONFIG if the objects differ from the digest.
 * A file without a digest passes.
 */
int schema_digest_check(sqlite3 *db, struct err *e);

#endif
