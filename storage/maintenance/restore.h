/*
 * Putting a backup in the place of the database. The caller holds the lock of
 * the writers; readers go on with what they have open.
 */
#ifndef STORAGE_MAINTENANCE_RESTORE_H
#define STORAGE_MAINTENANCE_RESTORE_H

#include <stdbool.h>

#include "storage/db/repairs.h"
#include "storage/db/rotation.h"

struct restore_options {
	const char *database;
	const char *file;	/* the backup: only read */
	bool force;		/* also when the database has newer readings */
	int64_t now;		/* UTC */
	struct repairs repairs; /* who is told what was repaired in the copy */
};

struct restored {
	int64_t rows;
	int64_t newest;		     /* as of struct backup */
	char aside[GENERATION_PATH]; /* what was replaced; "": nothing */
};

/*
 * Prove the file, copy it beside the database, prove the copy, make it what the
 * journal opens (its schema, its meters), and let it take the database's place; what was there, with its -wal file, is kept under
 * another name. Its change list goes on behind the old one's and says that all
 * readings are new, so that followers begin again.
 *
 * 0; ERR_ABSENT, ERR_CONFIG, ERR_IO: the file is not there, is not ours or
 * newer, is damaged; ERR_FAILED: it would go back in time, or the database is
 * of a newer program; or what writing says. The database is then as it was.
 */
int restore_run(const struct restore_options *o, struct restored *out,
		struct err *e);

#endif
