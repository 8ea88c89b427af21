#include "storage/db/database_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/atomic_write.h"
#include "base/safe_file.h"
#include "storage/db/db.h"
#include "storage/db/integrity.h"
#include "storage/db/sqlite_error.h"
#include "storage/db/stmt.h"

static int copy_pages(sqlite3 *from, sqlite3 *to, struct err *e)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
	int rc;

	if (b == NULL)
		return sqlite_error(to, sqlite3_errcode(to), e);
	sqlite3_backup_step(b, -1);
	rc = sqlite3_backup_finish(b);
	return rc == SQLITE_OK ? 0 : sqlite_error(to, rc, e);
}

static int run_all(sqlite3 *db, const char *sql, struct err *e)
{
	int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : sqlite_error(db, rc, e);
}

int database_files_copy(sqlite3 *from, const char *path, const char *mark,
			struct err *e)
{
	sqlite3 *to = NULL;
	int rc = db_open_copy(&to, path, true, e);

	if (rc == 0)
		rc = copy_pages(from, to, e);
	if (rc == 0)
		rc = stmt_exec(to, "PRAGMA journal_mode = DELETE", e);
	if (rc == 0)
		rc = run_all(to, mark, e);
	db_close(to);
	return rc;
}

/*
 * Also drops the file from the cache, as far as the system allows, so that
 * later reads come from the disk.
 */
int database_files_sync(const char *path, struct err *e)
{
	int fd = safe_file_open(path, O_RDWR, 0);
	int rc = 0;

	if (fd < 0 || fsync(fd) < 0)
		rc = err_errno(e, ERR_IO, "writing it to the disk");
	else
		posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	if (fd >= 0)
		close(fd);
	return rc;
}

static int compare(sqlite3 *db, const struct fingerprint *wanted, struct err *e)
{
	struct fingerprint found;
	int rc = fingerprint_of(&found, db, e);

	if (rc == 0)
		rc = fingerprint_same(wanted, &found, e);
	fingerprint_free(&found);
	return rc;
}

int database_files_prove(const char *path, const struct fingerprint *wanted,
			 struct err *e)
{
	sqlite3 *db = NULL;
	int rc = database_files_sync(path, e);

	if (rc == 0)
		rc = db_open_older(&db, path, e);
	if (rc == 0)
		rc = integrity_whole(db, e);
	if (rc == 0)
		rc = compare(db, wanted, e);
	db_close(db);
	return rc;
}

int database_files_name(const char *temporary, const char *path, struct err *e)
{
	if (rename(temporary, path) < 0)
		return err_errno(e, ERR_CREATE, "naming it %s", path);
	return atomic_sync_name(path, e);
}
