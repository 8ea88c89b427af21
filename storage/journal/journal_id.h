/*
 * The journal's identity: a random word in the table meta. A follower that
 * copies it elsewhere begins again when it meets another one.
 */
#ifndef STORAGE_JOURNAL_JOURNAL_ID_H
#define STORAGE_JOURNAL_JOURNAL_ID_H

#include <sqlite3.h>

#include "base/err.h"

/* Give a database that has none its identity. Returns 0 or a negative code. */
int journal_id_ensure(sqlite3 *db, struct err *e);

/* Give it another one. Returns 0 or a negative code. */
int journal_id_renew(sqlite3 *db, struct err *e);

#endif
