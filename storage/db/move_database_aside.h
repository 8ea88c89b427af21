/* Move a database aside: its files get another name, and none is lost. */
#ifndef STORAGE_DB_MOVE_DATABASE_ASIDE_H
#define STORAGE_DB_MOVE_DATABASE_ASIDE_H

#include <stdbool.h>

#include "storage/db/backup_rotation.h"

/*
 * Build the new name, which includes the reason:
 * "p1logger.db.damaged-2026-11-21T070000Z". Returns 0, or ERR_CONFIG if the
 * name is too long.
 */
int move_aside_path(char path[static ROTATION_PATH], const char *database,
		    const char *why, int64_t now, struct err *e);

/*
 * Rename the database to `aside` and its -wal file to the same name with
 * "-wal". With `keep_name` the file keeps its old name too, until another takes
 * it. The -shm file is removed: SQLite recreates it. Returns 0 when everything
 * is on disk, or ERR_CREATE or ERR_IO.
 */
int move_aside_files(const char *database, const char *aside, bool keep_name,
		     struct err *e);

/*
 * Was the file a database of ours, although SQLite no longer recognises it? Its
 * first bytes are lost, and a -wal, .port or .backup file beside it proves what
 * it was.
 */
bool move_aside_was_database(const char *database);

#endif
