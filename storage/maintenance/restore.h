/*
 * Replace the database by a backup. The caller holds the writers' lock; readers
 * continue with the file that they have open.
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
 * Check the file, copy it beside the database, check the copy, bring it to the
 * state that the journal opens (schema, meters), and let it take the database's
 * place. What was there, with its -wal file, is kept under another name. The
 * change list continues that of the old database and marks all readings as new,
 * so that followers start again.
 *
 * Returns 0; ERR_ABSENT if the file does not exist; ERR_CONFIG if it is not
 * ours or is newer than this program; ERR_IO if it is damaged; ERR_FAILED if it
 * would go back in time, or if the database belongs to a newer program; or an
 * error of writing. After an error the database is unchanged.
 */
int restore_run(const struct restore_options *o, struct restored *out,
		struct err *e);

#endif
