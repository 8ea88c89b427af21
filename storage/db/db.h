/*
 * Connections to the database file: the writer's and the readers'. The file is
 * in WAL mode; docs/database.md says what that means for those who copy it.
 */
#ifndef STORAGE_DB_DB_H
#define STORAGE_DB_DB_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

/*
 * Open for writing; a file that is not there is made, with mode 0640. A lock
 * of somebody else is waited for at most wait_ms. The schema is not looked at.
 * 0 and *db, or a negative code; *db is NULL then.
 */
int db_open_writer(sqlite3 **db, const char *path, long wait_ms, struct err *e);

/*
 * Open for reading only. ERR_ABSENT when there is no such file, ERR_CONFIG when
 * it is not ours or has another schema than this program's.
 */
int db_open_reader(sqlite3 **db, const char *path, struct err *e);

/*
 * Open for reading a file of our schema or an older one, as backups may be.
 * Errors as db_open_reader's.
 */
int db_open_older(sqlite3 **db, const char *path, struct err *e);

/*
 * A copy on its way, without a WAL and not synced to the disk: with `again` an
 * empty file over what is there, mode 0640.
 */
int db_open_copy(sqlite3 **db, const char *path, bool again, struct err *e);

/* Such a copy goes, with what belongs to it. 0, or -1 and errno: it stays. */
int db_remove_copy(const char *path);

void db_close(sqlite3 *db); /* NULL is fine */

/*
 * Move what the WAL holds into the database file, as far as no reader needs
 * it: afterwards a plain copy of the file has it too.
 */
void db_checkpoint(sqlite3 *db);

#endif
