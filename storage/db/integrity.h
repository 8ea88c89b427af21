/* Check whether a database is sound: completely, or as far as is quick. */
#ifndef STORAGE_DB_INTEGRITY_H
#define STORAGE_DB_INTEGRITY_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

enum { INTEGRITY_WHOLE_MB = 32 }; /* larger files are not read completely */

/*
 * Check the small tables completely, and the ends of those that grow: what a
 * commit reads and writes. With `whole`, check a file of up to
 * INTEGRITY_WHOLE_MB completely (SQLite's quick_check, 10 MB in 0.1 s on a PC
 * and 1 to 2 s on a Raspberry Pi Zero). Returns 0, ERR_DAMAGED with the first
 * problem, or the error that prevented reading it.
 */
int integrity_look(sqlite3 *db, bool whole, struct err *e);

/* Is it at most INTEGRITY_WHOLE_MB? Returns 0 or a negative code. */
int integrity_small(sqlite3 *db, bool *is_small, struct err *e);

/*
 * Check everything, including indexes (SQLite's integrity_check). Returns the
 * same as integrity_look.
 */
int integrity_whole(sqlite3 *db, struct err *e);

#endif
