/*
 * The last good backup of a database, in the file ".backup" beside it: it is
 * needed most when the database is damaged.
 */
#ifndef STORAGE_DB_BACKUP_RECORD_H
#define STORAGE_DB_BACKUP_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "storage/db/backup_rotation.h"

/*
 * Record the copy `file` of the database at `database`, made `when` (UTC).
 * Returns whether that was possible: a user who may only read the database
 * still makes a good backup.
 */
bool backup_record_write(const char *database, const char *file, int64_t when);

/*
 * Find the last good backup of the database at `database`. Returns true with
 * the copy's path and when it was made (UTC), or false if no backup is recorded
 * there. Does not check that the copy still exists.
 */
bool backup_record_read(const char *database, char file[static ROTATION_PATH],
			int64_t *when);

#endif
