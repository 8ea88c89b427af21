/*
 * The dated files in a folder of backups: p1logger-2026-11-21T0700Z.db is a
 * backup of p1logger.db, made at that minute of UTC.
 */
#ifndef STORAGE_DB_BACKUP_ROTATION_H
#define STORAGE_DB_BACKUP_ROTATION_H

#include <stdint.h>

#include "base/err.h"

enum { ROTATION_PATH = 1024 }; /* bytes of a path, NUL included */

/* Join `START` and `END`. Returns 0, or ERR_CONFIG if the path is too long. */
int rotation_join(char path[static ROTATION_PATH], const char *start,
		  const char *end, struct err *e);

/*
 * Build a backup's path in `folder`. Returns 0, or ERR_CONFIG if it is too
 * long.
 */
int rotation_path(char path[static ROTATION_PATH], const char *folder,
		  const char *database, int64_t now, struct err *e);

/*
 * Find the newest dated file of this database in `folder`. Returns 1 and its
 * path, 0 if there is none, or a negative code.
 */
int rotation_newest(const char *folder, const char *database,
		    char path[static ROTATION_PATH], struct err *e);

/*
 * Remove old backups: keep the newest of each UTC day, for the `keep` newest
 * days (1 or more) that have one. A backup that reaches further back than all
 * newer ones stays as well: if a database was lost and started again, the copies of
 * the new one do not displace those of the old one. `made`, the path of the
 * last one, always stays; so do files with other names, and files that cannot
 * be read. Returns the number removed, or a negative code.
 */
int rotation_prune(const char *folder, const char *database, const char *made,
		   int64_t keep, struct err *e);

#endif
