/* Whole database files: copied, proved, brought to the disk. */
#ifndef STORAGE_DB_DATABASE_FILES_H
#define STORAGE_DB_DATABASE_FILES_H

#include <sqlite3.h>

#include "storage/db/fingerprint.h"

/*
 * Copy what `from` sees to a new file at `path`, mode 0640; what was there is
 * gone. Then run `mark` on it, a list of statements, and leave it complete in
 * itself: no -wal file belongs to it. 0 or a negative code; remove the file
 * then.
 */
int database_files_copy(sqlite3 *from, const char *path, const char *mark,
			struct err *e);

/* Bring it to the disk. */
int database_files_sync(const char *path, struct err *e);

/* The same; then is it sound, with these facts? 0 or negative. */
int database_files_prove(const char *path, const struct fingerprint *wanted,
			 struct err *e);

/* Give the file at `temporary` its name, for good when it returns. */
int database_files_name(const char *temporary, const char *path, struct err *e);

#endif
