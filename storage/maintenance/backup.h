/*
 * Backups: a copy of the database as it is at one instant, made while others
 * write, and checked before it gets its name. docs/database.md describes them
 * for users.
 */
#ifndef STORAGE_MAINTENANCE_BACKUP_H
#define STORAGE_MAINTENANCE_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "storage/db/backup_rotation.h"

struct backup_options {
	const char *database;
	const char *folder; /* for the backups; must exist */
	int64_t keep;	    /* days with one copy each; 1 or more */
	int64_t now;	    /* UTC */
};

struct backup {
	char path[ROTATION_PATH];
	int64_t bytes, rows;
	int64_t newest; /* UTC of its newest reading; INT64_MIN if none */
	int removed;	/* number of older copies removed */
	bool recorded;	/* backup_record_read finds it */
};

/*
 * Make a backup: copy under a temporary name, open, check and compare with the
 * source, sync, rename, and then remove older ones. The file is complete in
 * itself, mode 0640. Returns 0 or a negative code; after a failure nothing is
 * left of the backup and no older one is removed.
 */
int backup_make(const struct backup_options *o, struct backup *out,
		struct err *e);

#endif
