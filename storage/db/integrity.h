/* Is a database sound: as a whole, or as far as can be told in a moment? */
#ifndef STORAGE_DB_INTEGRITY_H
#define STORAGE_DB_INTEGRITY_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

enum { INTEGRITY_WHOLE_MB = 32 }; /* a larger one is not read as a whole */

/*
 * Look at the small tables as a whole and at the ends of those that grow: what
 * a commit reads and writes. With `whole` a file of up to INTEGRITY_WHOLE_MB is
 * looked at in all its parts (SQLite's quick_check, 10 MB in 0.1 s on a PC and
 * 1 to 2 s on a Raspberry Pi Zero). 0, ERR_DAMAGED with the first thing that is
 * wrong, or why it could not be read.
 */
int integrity_look(sqlite3 *db, bool whole, struct err *e);

/* Is it no larger than INTEGRITY_WHOLE_MB? 1, 0 or a negative code. */
int integrity_is_small(sqlite3 *db, struct err *e);

/* All of it, indexes too (SQLite's integrity_check). As integrity_look. */
int integrity_whole(sqlite3 *db, struct err *e);

#endif
