/* Whole database files: copy, check, sync and name them. */
#ifndef STORAGE_DB_DATABASE_FILES_H
#define STORAGE_DB_DATABASE_FILES_H

#include <sqlite3.h>

#include "storage/db/fingerprint.h"

/*
 * Copy what `from` sees to a new file at `path`, mode 0640, replacing what was
 * there. Then run `mark` on it, a list of statements, and leave it complete
 * without a -wal file. Returns 0, or a negative code, after which the caller
 * removes the file.
 */
int database_files_copy(sqlite3 *from, const char *path, const char *mark,
			struct err *e);

/* Sync the file to disk. */
int database_files_sync(const char *path, struct err *e);

/*
 * Sync the file; then check that it is sound and matches `wanted`. Returns 0 or
 * a negative code.
 */
int database_files_prove(const char *path, const struct fingerprint *wanted,
			 struct err *e);

/* Rename the file at `temporary` to `path`; durable when it returns. */
int database_files_name(const char *temporary, const char *path, struct err *e);

#endif
