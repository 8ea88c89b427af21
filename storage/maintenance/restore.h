/*
 * Replace the database by a backup. The caller holds the writers' lock; readers
 * go on with what they have open.
 */
#ifndef STORAGE_MAINTENANCE_RESTORE_H
#define STORAGE_MAINTENANCE_RESTORE_H

#include <stdbool.h>

#include "storage/db/backup_rotation.h"
#include "storage/db/repair_report.h"

struct restore_options {
	const char *database;
	const char *file; /* the backup: only read */
	bool force;	  /* even if the database has newer readings */
	int64_t now;	  /* UTC */
	struct repair_report
		repairs; /* receives what was repaired in the copy */
};

struct restored {
	int64_t rows;
	int64_t newest;		   /* as in struct backup */
	char aside[ROTATION_PATH]; /* what was replaced; "": nothing */
};

/*
 * Check the file, copy it beside the database, check the copy, make it what the
 * journal opens (its schema, its meters), and let it take the database's place.
 * What was there, with its -wal file, is kept under another name. The change
 * list goes on after the old one's and says that all readings are new, so that
 * followers start again.
 *
 * Returns 0; ERR_ABSENT, ERR_CONFIG, ERR_IO: the file does not exist, is not
 * ours or newer, is damaged; ERR_FAILED: it would go back in time, or the
 * database is of a newer program; or an error of writing. The database is then
 * unchanged.
 */
int restore_run(const struct restore_options *o, struct restored *out,
		struct err *e);

#endif
