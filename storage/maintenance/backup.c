#include "storage/maintenance/backup.h"
#include "storage/db/transaction.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic_write.h"
#include "storage/db/backup_record.h"
#include "storage/db/database_files.h"
#include "storage/db/db.h"
#include "storage/db/stmt.h"

/* Marks the copy as a backup. */
static const char mark[] =
	"INSERT OR REPLACE INTO meta (key, value) VALUES ('is_backup', 1)";

/*
 * Allow one backup at a time in a folder, so that leftovers of earlier ones can
 * be removed. On a file system without locks, continue without one.
 */
static int lock_folder(const char *folder, struct err *e)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return err_set(e, ERR_CREATE,
			       "the folder %s does not exist: create it first "
			       "(mkdir -p), for the user who makes the backups",
			       folder);
	if (fd < 0 && errno == ENOTDIR)
		return err_set(e, ERR_CREATE,
			       "%s is not a folder: name the folder for the "
			       "backups",
			       folder);
	if (fd < 0)
		return err_errno(e,
				 errno == EACCES ? ERR_PERMISSION : ERR_CREATE,
				 "the folder %s", folder);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
		return fd;
	close(fd);
	return err_set(e, ERR_BUSY, "another backup to %s is being made",
		       folder);
}

/* Copy and compare one state: a read transaction around both. */
static int copy_and_prove(sqlite3 *db, const char *temporary,
			  struct backup *out, struct err *e)
{
	struct fingerprint fingerprint = { 0 };
	int rc = transaction_hold(db, e);

	if (rc == 0)
		rc = fingerprint_of(&fingerprint, db, e);
	if (rc == 0 && database_files_copy(db, temporary, mark, e) < 0)
		rc = err_while(e, "copying to %s", temporary);
	transaction_rollback(db);
	if (rc == 0 && database_files_prove(temporary, &fingerprint, e) < 0)
		rc = err_while(e, "the copy %s", temporary);
	out->rows = fingerprint.rows;
	out->newest = fingerprint.newest;
	fingerprint_free(&fingerprint);
	return rc;
}

static int copy_database(const struct backup_options *o, const char *temporary,
			 struct backup *out, struct err *e)
{
	sqlite3 *db = NULL;
	int rc = db_open_older(&db, o->database, e);

	if (rc < 0)
		rc = err_while(e, "database %s", o->database);
	if (rc == 0)
		rc = copy_and_prove(db, temporary, out, e);
	db_close(db);
	return rc;
}

/*
 * Another database of the same name may have been backed up in the same minute.
 */
static int refuse_older(const struct backup *out, struct err *e)
{
	int64_t newest = INT64_MIN;
	sqlite3 *db = NULL;
	struct err unreadable;

	if (db_open_older(&db, out->path, &unreadable) == 0)
		fingerprint_newest(db, &newest, &unreadable);
	db_close(db);
	return newest <= out->newest
		       ? 0
		       : err_set(e, ERR_CREATE,
				 "%s has newer readings than this database: "
				 "it is kept. Use a separate folder for each database",
				 out->path);
}

static int make(const struct backup_options *o, struct backup *out,
		struct err *e)
{
	char temporary[ROTATION_PATH];
	struct stat st = { 0 };
	int rc = rotation_path(out->path, o->folder, o->database, o->now, e);

	if (rc == 0 &&
	    snprintf(temporary, sizeof(temporary), "%s/.p1logger-backup",
		     o->folder) >= (int)sizeof(temporary))
		rc = err_set(e, ERR_CONFIG, "%s: the path is too long",
			     o->folder);
	if (rc < 0)
		return rc;
	rc = copy_database(o, temporary, out, e);
	if (rc == 0)
		rc = refuse_older(out, e);
	if (rc == 0 && stat(temporary, &st) < 0)
		rc = err_errno(e, ERR_IO, "%s", temporary);
	if (rc == 0)
		rc = database_files_name(temporary, out->path, e);
	if (rc < 0)
		db_remove_copy(temporary);
	out->bytes = st.st_size;
	return rc;
}

int backup_make(const struct backup_options *o, struct backup *out,
		struct err *e)
{
	int lock = lock_folder(o->folder, e);
	int rc = lock < 0 ? lock : 0;

	*out = (struct backup){ 0 };
	if (rc == 0)
		rc = make(o, out, e);
	if (rc == 0) {
		out->recorded =
			backup_record_write(o->database, out->path, o->now);
		rc = rotation_prune(o->folder, o->database, out->path, o->keep,
				    e);
	}
	out->removed = rc > 0 ? rc : 0;
	if (lock >= 0)
		close(lock);
	return rc < 0 ? rc : 0;
}

/* "2026-11-21T03:00:00Z /var/backups/p1logger-2026-11-21T0300Z.db" */
