#include "storage/maintenance/restore.h"
#include "storage/db/transaction.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utc.h"
#include "storage/db/database_files.h"
#include "storage/db/db.h"
#include "storage/db/integrity.h"
#include "storage/db/move_database_aside.h"
#include "storage/db/schema.h"
#include "storage/db/schema_label.h"
#include "storage/db/schema_repair.h"
#include "storage/db/stmt.h"
#include "storage/journal/damaged_rows.h"
#include "storage/journal/journal_id.h"

/* Assume that an unreadable database has fewer changes than this. */
enum { CHANGE_LIST_UNKNOWN = 1000000 };

/* The database to replace. */
struct current {
	bool there;
	int64_t newest; /* reading; INT64_MIN if none or unknown */
	int64_t change; /* last id of its change list */
};

static int ask_current(struct current *c, sqlite3 *db, struct err *e)
{
	int rc = fingerprint_newest(db, &c->newest, e);

	if (rc == 0)
		rc = stmt_ask(db, "SELECT ifnull(max(id), 0) FROM change_list",
			      &c->change, e);
	return rc;
}

/*
 * Do not compare with a damaged database: backups exist to replace it. A file
 * that is not ours is not replaced.
 */
static int look_at_current(struct current *c, const struct restore_options *o,
			   struct err *e)
{
	sqlite3 *db = NULL;
	int rc = db_open_older(&db, o->database, e);

	*c = (struct current){ .there = rc != ERR_ABSENT, .newest = INT64_MIN };
	if (rc == 0)
		rc = ask_current(c, db, e);
	db_close(db);
	if (rc == ERR_ABSENT)
		return 0;
	if (rc == ERR_PERMISSION || rc == ERR_BUSY ||
	    (rc == ERR_CONFIG && !o->force))
		return err_while(e, "database %s", o->database);
	if (rc < 0)
		c->change = CHANGE_LIST_UNKNOWN;
	return 0;
}

static int goes_back(const struct restore_options *o, int64_t current,
		     int64_t file, struct err *e)
{
	char is[UTC_TEXT], would[UTC_TEXT] = "none";

	if (file != INT64_MIN)
		utc_format(would, file);
	return err_set(e, ERR_FAILED,
		       "%s has readings up to %s, %s only up to %s: use "
		       "--force to go back in time",
		       o->database, utc_format(is, current), o->file, would);
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/*
 * Before the good database is touched, the copy must pass every check of
 * journal_open: a file that would be moved aside is not put in place.
 */
static int make_ready(const char *copy, const struct restore_options *o,
		      struct err *e)
{
	struct schema_label l = { 0 };
	sqlite3 *db = NULL;
	int rc = db_open_copy(&db, copy, false, e);

	if (rc == 0)
		rc = schema_label_read(&l, db, e);
	if (rc < 0 || l.version == SCHEMA_CONVERTED) {
		db_close(db); /* the journal converts it */
		return rc;
	}
	rc = schema_migrate(db, e);
	if (rc == 0)
		rc = schema_repair(db, &o->repairs, e);
	if (rc == 0)
		rc = damaged_rows_meters(db, e);
	db_close(db);
	return rc;
}

/*
 * Clear the copy's mark as a backup, and tell followers that everything in it
 * is new: by the change list, and by another identity.
 */
static int mark_as_new(const char *copy, const struct current *c, int64_t now,
		       struct err *e)
{
	struct stmt s = { 0 };
	sqlite3 *db = NULL;
	int rc = db_open_copy(&db, copy, false, e);

	if (rc == 0)
		rc = stmt_exec(db, "DELETE FROM meta WHERE key = 'is_backup'",
			       e);
	if (rc == 0)
		rc = journal_id_renew(db, e);
	if (rc == 0)
		rc = stmt_open(&s, db,
			       "INSERT INTO change_list (id, medium, min_ts, "
			       "max_ts, written_ts) SELECT max(?1, (SELECT "
			       "ifnull(max(id), 0) FROM change_list)) + "
			       "row_number() OVER (), medium, first_ts, "
			       "max(last_ts, ?2), ?3 FROM extent "
			       "WHERE first_ts IS NOT NULL",
			       e);
	if (rc == 0) {
		stmt_bind(&s, 1, c->change);
		stmt_bind(&s, 2, c->newest);
		stmt_bind(&s, 3, now);
		rc = stmt_run(&s, e);
	}
	stmt_close(&s);
	db_close(db);
	return rc < 0 ? rc : database_files_sync(copy, e);
}

/* Move what a service left in the WAL to its database, as far as possible. */
static void empty_wal(const char *database)
{
	struct err ignored;
	sqlite3 *db = NULL;

	if (db_open_writer(&db, database, 0, &ignored) == 0)
		sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
					  NULL, NULL);
	db_close(db);
}

static int replace(const struct restore_options *o, const struct current *c,
		   const char *copy, struct restored *out, struct err *e)
{
	int rc = mark_as_new(copy, c, o->now, e);

	if (rc < 0 || !c->there)
		return rc < 0 ? rc : database_files_name(copy, o->database, e);
	rc = move_aside_path(out->aside, o->database, "replaced", o->now, e);
	if (rc == 0) {
		empty_wal(o->database);
		rc = move_aside_files(o->database, out->aside, true, e);
	}
	return rc == 0 ? database_files_name(copy, o->database, e) : rc;
}

/* The file is the same as the database, by another name. */
static bool is_itself(const struct restore_options *o)
{
	struct stat a, b;

	return stat(o->file, &a) == 0 && stat(o->database, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static int copy_file(const struct restore_options *o, sqlite3 *from,
		     const char *copy, struct restored *out, struct err *e)
{
	struct current c = { 0 };
	struct fingerprint fingerprint = { 0 };
	int rc = integrity_whole(from, e);

	if (rc == 0)
		rc = fingerprint_of(&fingerprint, from, e);
	out->rows = fingerprint.rows;
	out->newest = fingerprint.newest;
	if (rc < 0)
		err_while(e, "%s", o->file);
	if (rc == 0)
		rc = look_at_current(&c, o, e);
	if (rc == 0 && c.newest > fingerprint.newest && !o->force)
		rc = goes_back(o, c.newest, fingerprint.newest, e);
	c.newest = later(c.newest, fingerprint.newest);
	if (rc == 0 && database_files_copy(from, copy, "", e) < 0)
		rc = err_while(e, "copying to %s", copy);
	if (rc == 0 && database_files_prove(copy, &fingerprint, e) < 0)
		rc = err_while(e, "the copy %s", copy);
	if (rc == 0 && make_ready(copy, o, e) < 0)
		rc = err_while(e, "%s", o->file);
	if (rc == 0)
		rc = replace(o, &c, copy, out, e);
	fingerprint_free(&fingerprint);
	return rc;
}

int restore_run(const struct restore_options *o, struct restored *out,
		struct err *e)
{
	char copy[ROTATION_PATH];
	sqlite3 *from = NULL;
	int rc = rotation_join(copy, o->database, ".restored", e);

	*out = (struct restored){ 0 };
	if (rc == 0 && is_itself(o))
		rc = err_set(e, ERR_USAGE, "%s is the database itself",
			     o->file);
	if (rc < 0)
		return rc;
	rc = db_open_older(&from, o->file, e);
	if (rc == 0)
		rc = stmt_exec(from, "BEGIN", e);
	if (rc < 0)
		err_while(e, "%s", o->file);
	if (rc == 0)
		rc = copy_file(o, from, copy, out, e);
	if (rc < 0)
		db_remove_copy(copy);
	if (from != NULL)
		transaction_rollback(from);
	db_close(from);
	return rc;
}
