#include "storage/db/db.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/safe_file.h"
#include "storage/db/schema.h"
#include "storage/db/sqlite_error.h"
#include "storage/db/stmt.h"

enum {
	READER_WAIT_MS = 5000,
	RETRY_MS = 10,
	LONG_WAL = 4000000, /* bytes; SQLite checkpoints after */
	WAL_PAGES = 1000,
};

/* SQLite would open a file on a read-only disk and blame the user. */
static int may_write(const char *path, struct err *e)
{
	if (access(path, W_OK) == 0 || errno != EROFS)
		return 0;
	return err_errno(e, ERR_IO, "writing it");
}

static int code_of_open(int cause)
{
	return cause == EACCES || cause == EPERM || cause == ELOOP
		       ? ERR_PERMISSION
		       : ERR_CREATE;
}

/*
 * SQLite would make the file readable by everyone; the -wal and -shm files get
 * its mode and owner.
 */
static int make_file(const char *path, struct err *e)
{
	int fd = safe_file_open(path, O_RDWR | O_CREAT | O_EXCL, 0640);

	if (fd < 0 && errno == EEXIST)
		return may_write(path, e);
	if (fd < 0 && (errno == ENOSPC || errno == EROFS || errno == EIO))
		return err_errno(e, ERR_IO, "creating it");
	if (fd < 0)
		return err_errno(e, code_of_open(errno), "creating it");
	close(fd);
	return 0;
}

/* Like open(2), as SQLite needs it; also for -wal, -shm and -journal files. */
static int open_for_sqlite(const char *path, int flags, int mode)
{
	return safe_file_open(path, flags, (mode_t)mode);
}

/*
 * Make SQLite open all files by our rules, with xSetSystemCall; and allocate
 * without statistics, for which it took a lock twice per row.
 */
static int set_up_sqlite(struct err *e)
{
	sqlite3_syscall_ptr call = (sqlite3_syscall_ptr)open_for_sqlite;
	sqlite3_vfs *vfs;

	/* Refused, without harm, once SQLite has allocated. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	vfs = sqlite3_vfs_find("unix");
	if (vfs == NULL || vfs->iVersion < 3 ||
	    vfs->xSetSystemCall(vfs, "open", call) != SQLITE_OK)
		return err_set(e, ERR_FAILED, "SQLite has no file system");
	return 0;
}

/*
 * Open by a path without links, so that SQLite, which names its other files
 * after it, follows none.
 */
static int open_file(sqlite3 **db, const char *path, int flags, long wait_ms,
		     struct err *e)
{
	char plain[PATH_MAX];
	struct safe_path p;
	int rc;

	if (set_up_sqlite(e) < 0)
		return e->code;
	rc = safe_path_find(&p, path, true);
	if (rc == 0)
		rc = safe_path_text(&p, plain, sizeof(plain));
	safe_path_close(&p);
	if (rc < 0)
		return err_errno(e, code_of_open(errno), "opening it");
	flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
	rc = sqlite3_open_v2(plain, db, flags, NULL);
	if (*db == NULL)
		return err_memory(e);
	if (rc != SQLITE_OK)
		return sqlite_error(*db, rc, e);
	sqlite3_extended_result_codes(*db, 1);
	sqlite3_busy_timeout(*db, (int)wait_ms);
	sqlite3_db_config(*db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	/* a trigger that a person added must not change what is stored */
	sqlite3_db_config(*db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	return 0;
}

/*
 * Let the last connection leave the WAL in place when it closes: if a reader of
 * the group had to create it, the writer might not be allowed to use it; and
 * emptying it at each close doubles what a run from cron writes.
 */
static int keep_wal(sqlite3 *db, struct err *e)
{
	int on = 1;
	int rc =
		sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &on);

	if (rc == SQLITE_OK)
		rc = sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
				       NULL);
	return rc == SQLITE_OK ? 0 : sqlite_error(db, rc, e);
}

/*
 * Change a new file to WAL. If several programs do so at once, SQLite refuses
 * one without waiting, so that no two wait for each other.
 */
static int use_wal(sqlite3 *db, long wait_ms, struct err *e)
{
	int64_t until = clock_monotonic_ms(&clock_machine) + wait_ms;
	int rc;

	while ((rc = stmt_exec(db, "PRAGMA journal_mode = WAL", e)) ==
		       ERR_BUSY &&
	       clock_monotonic_ms(&clock_machine) < until)
		sqlite3_sleep(RETRY_MS);
	return rc;
}

int db_wait_for_disk(sqlite3 *db, bool wait, struct err *e)
{
	sqlite3_wal_autocheckpoint(db, wait ? WAL_PAGES : 0);
	return stmt_exec(db,
			 wait ? "PRAGMA synchronous = FULL"
			      : "PRAGMA synchronous = NORMAL",
			 e);
}

static int set_up_writer(sqlite3 *db, long wait_ms, struct err *e)
{
	static const char *const pragmas[] = {
		"PRAGMA journal_size_limit = 4194304",
		"PRAGMA temp_store = MEMORY",
	};
	int rc = keep_wal(db, e); /* first, so also for a damaged file */

	if (rc == 0)
		rc = schema_prepare(db, e);
	if (rc == 0)
		rc = use_wal(db, wait_ms, e);
	for (size_t i = 0; rc == 0 && i < COUNT(pragmas); i++)
		rc = stmt_exec(db, pragmas[i], e);
	return rc == 0 ? db_wait_for_disk(db, true, e) : rc;
}

int db_open_writer(sqlite3 **db, const char *path, long wait_ms, struct err *e)
{
	int rc = make_file(path, e);

	*db = NULL;
	if (rc == 0)
		rc = open_file(db, path, SQLITE_OPEN_READWRITE, wait_ms, e);
	if (rc == 0)
		rc = set_up_writer(*db, wait_ms, e);
	if (rc < 0) {
		db_close(*db);
		*db = NULL;
	}
	return rc;
}

static int open_reader(sqlite3 **db, const char *path,
		       int (*check)(sqlite3 *db, struct err *e), struct err *e)
{
	int rc = 0;

	*db = NULL;
	if (access(path, R_OK) < 0 && errno == ENOENT)
		return err_set(e, ERR_ABSENT, "it does not exist");
	if (access(path, R_OK) < 0 && errno == EACCES)
		return err_set(e, ERR_PERMISSION,
			       "this user may not read it: add the user to the "
			       "group of its folder, usually p1logger");
	if (access(path, R_OK) < 0)
		return err_errno(e, ERR_ABSENT, "opening it");
	rc = open_file(db, path, SQLITE_OPEN_READONLY, READER_WAIT_MS, e);
	if (rc == 0)
		rc = stmt_exec(*db, "PRAGMA query_only = ON", e);
	if (rc == 0)
		rc = check(*db, e);
	if (rc == ERR_CREATE || rc == ERR_PERMISSION)
		rc = err_set(e, ERR_PERMISSION,
			     "this user may not read its -wal and -shm files, "
			     "or create them in its folder");
	if (rc < 0) {
		db_close(*db);
		*db = NULL;
	}
	return rc;
}

int db_open_reader(sqlite3 **db, const char *path, struct err *e)
{
	int rc = open_reader(db, path, schema_check, e);

	return rc == ERR_ABSENT
		       ? err_after(e,
				   "p1logger creates it with its first reading")
		       : rc;
}

int db_open_older(sqlite3 **db, const char *path, struct err *e)
{
	return open_reader(db, path, schema_check_older, e);
}

/* Remove the journal first: SQLite would play it back into the next copy. */
int db_remove_copy(const char *path)
{
	char journal[PATH_MAX];

	if (snprintf(journal, sizeof(journal), "%s-journal", path) >=
	    (int)sizeof(journal)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (unlink(journal) < 0 && errno != ENOENT)
		return -1;
	return unlink(path) < 0 && errno != ENOENT ? -1 : 0;
}

int db_open_copy(sqlite3 **db, const char *path, bool again, struct err *e)
{
	int rc = 0;

	*db = NULL;
	if (again && db_remove_copy(path) < 0)
		return err_errno(e, ERR_CREATE, "%s", path);
	if (again)
		rc = make_file(path, e);
	if (rc == 0)
		rc = open_file(db, path, SQLITE_OPEN_READWRITE, 0, e);
	if (rc == 0)
		rc = stmt_exec(*db, "PRAGMA synchronous = OFF", e);
	if (rc < 0) {
		db_close(*db);
		*db = NULL;
	}
	return rc;
}

int db_limit_cache(sqlite3 *db, struct err *e)
{
	return stmt_exec(db, "PRAGMA cache_size = -256", e); /* KiB */
}

void db_close(sqlite3 *db)
{
	sqlite3_close(db);
}

void db_checkpoint(sqlite3 *db)
{
	sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL,
				  NULL);
}

bool db_wal_is_long(sqlite3 *db)
{
	sqlite3_file *wal = NULL;
	sqlite3_int64 bytes = 0;

	sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);
	return wal != NULL && wal->pMethods != NULL &&
	       wal->pMethods->xFileSize(wal, &bytes) == SQLITE_OK &&
	       bytes >= LONG_WAL;
}

void db_empty_wal(sqlite3 *db)
{
	sqlite3_busy_timeout(db, 0);
	sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
				  NULL);
}
