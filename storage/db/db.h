/*
 * Connections to the database file: the writer's and the readers'. The file is
 * in WAL mode; docs/database.md says what that means for copying it.
 */
#ifndef STORAGE_DB_DB_H
#define STORAGE_DB_DB_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

/*
 * Open for writing; create a missing file with mode 0640. Wait at most wait_ms
 * for another program's lock. Does not check the schema. Returns 0 and *db, or
 * a negative code and NULL in *db.
 */
int db_open_writer(sqlite3 **db, const char *path, long wait_ms, struct err *e);

/*
 * Open for reading only. Returns 0; ERR_ABSENT if the file does not exist;
 * ERR_CONFIG if it is not a p1logger database or has another schema than this
 * program's.
 */
int db_open_reader(sqlite3 **db, const char *path, struct err *e);

/*
 * Open a file of our schema or an older one, such as a backup, for reading.
 * Errors as for db_open_reader.
 */
int db_open_older(sqlite3 **db, const char *path, struct err *e);

/*
 * Open a copy that is being written, without a WAL and not synced to the disk.
 * With `again`, replace an existing file with an empty one of mode 0640.
 */
int db_open_copy(sqlite3 **db, const char *path, bool again, struct err *e);

/*
 * Remove such a copy with its journal. Returns 0, or -1 with errno if it is
 * still there.
 */
int db_remove_copy(const char *path);

/*
 * Keep few pages in memory, for a connection that stays open for months: a
 * commit needs some thirty. SQLite would fill 2 MB while the file is checked,
 * and never release them. Returns 0 or a negative code.
 */
int db_limit_cache(sqlite3 *db, struct err *e);

/*
 * Choose whether a commit of this writer's connection waits until it is on the
 * disk. If not, a power cut may undo it unless a later commit waits, and it
 * does not move a long WAL into the file. Call it only outside of transactions.
 * Returns 0 or a negative code.
 */
int db_wait_for_disk(sqlite3 *db, bool wait, struct err *e);

void db_close(sqlite3 *db); /* NULL is fine */

/*
 * Move the content of the WAL into the database file, except what readers need,
 * so that a plain copy of the file contains it too.
 */
void db_checkpoint(sqlite3 *db);

/* Is the WAL so long that each commit makes a checkpoint? */
bool db_wal_is_long(sqlite3 *db);

/*
 * Like db_checkpoint, and also empty the WAL unless a reader needs it; does not
 * wait. If no other program has the database open, the next one that opens it
 * does not know how much of the WAL is in the file already: it would append to
 * it, and each checkpoint would write everything in it again. Call it before
 * db_close.
 */
void db_empty_wal(sqlite3 *db);

#endif
