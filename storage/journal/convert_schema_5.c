#include "storage/journal/convert_schema_5.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/utc.h"
#include "storage/db/database_files.h"
#include "storage/db/db.h"
#include "storage/db/integrity.h"
#include "storage/db/move_database_aside.h"
#include "storage/db/schema_label.h"
#include "storage/db/sqlite_error.h"
#include "storage/db/stmt.h"
#include "storage/db/transaction.h"
#include "storage/journal/convert_schema_5_copy.h"

enum {
	LOCK_TRIES = 5,
	HOUR_BYTES = 300, /* for both boundaries of an hour, or more */
	SPARE_MB = 8,
};

#define MB INT64_C(1048576)

static int64_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

static int64_t size_of_wal(const char *path)
{
	char wal[ROTATION_PATH];
	struct err ignored;

	return rotation_join(wal, path, "-wal", &ignored) < 0 ? 0
							      : size_of(wal);
}

/* Estimate the size of the new file: *bytes is an upper limit. */
static int need(struct conversion *c, int64_t *bytes, struct err *e)
{
	int64_t first = 0, last = 0, hours, old;
	int rc = fingerprint_oldest(c->from, &first, e);

	if (rc == 0)
		rc = fingerprint_newest(c->from, &last, e);
	if (rc < 0)
		return rc;
	hours = first <= last ? (last - first) / HOUR_S : 0;
	old = size_of(c->path) + size_of_wal(c->path);
	c->expected = old / 10 * 11 + hours * HOUR_BYTES / 2;
	*bytes = old / 10 * 13 + hours * HOUR_BYTES + SPARE_MB * MB;
	return 0;
}

static int check_room(struct conversion *c, struct err *e)
{
	struct statvfs fs;
	int64_t wanted, free_bytes, mb, missing;

	if (need(c, &wanted, e) < 0)
		return e->code;
	if (statvfs(c->path, &fs) < 0)
		return 0; /* if it is too full, writing will fail */
	free_bytes = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
	if (free_bytes >= wanted)
		return 0;
	mb = wanted / MB + 1;
	missing = (wanted - free_bytes) / MB + 1;
	return err_set(e, ERR_IO,
		       "the disk has too little room for a second file: it "
		       "takes %lld MB and %lld MB are free; free %lld MB more "
		       "and start p1logger again",
		       (long long)mb, (long long)(free_bytes / MB),
		       (long long)missing);
}

/*
 * Move the content of the WAL to the file, and keep others from writing: wait
 * for a reader of an older state, or another writer.
 */
static int lock_old(struct conversion *c, struct err *e)
{
	for (int i = 0; i < LOCK_TRIES; i++) {
		int rc = sqlite3_wal_checkpoint_v2(
			c->from, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

		if (rc != SQLITE_OK)
			return sqlite_error(c->from, rc, e);
		if (transaction_begin(c->from, e) < 0)
			return e->code;
		if (size_of_wal(c->path) == 0)
			return 0;
		transaction_rollback(c->from);
	}
	return err_set(e, ERR_BUSY, "another program writes to it");
}

/* Check the new file from the disk, before it may take a name. */
static int prove(struct conversion *c, struct err *e)
{
	struct fingerprint fingerprint = { 0 };
	int rc = fingerprint_of(&fingerprint, c->to, e);

	db_close(c->to);
	c->to = NULL;
	if (rc == 0)
		rc = database_files_prove(c->next, &fingerprint, e);
	fingerprint_free(&fingerprint);
	if (rc == ERR_DAMAGED) /* the new file, not the old one */
		e->code = rc = ERR_IO;
	return rc < 0 ? err_while(e, "the new file") : 0;
}

/*
 * If a file can have two names, the old one keeps its name until the new one
 * takes it. Its WAL is empty and is removed first, because the new file would
 * treat it as its own.
 */
static int take_name(struct conversion *c, struct err *e)
{
	char aside[ROTATION_PATH], why[16], wal[ROTATION_PATH];
	int rc = database_files_name(c->next, c->ready, e);

	if (rc == 0)
		rc = rotation_join(wal, c->path, "-wal", e);
	if (rc == 0 && unlink(wal) < 0 && errno != ENOENT)
		rc = err_errno(e, ERR_CREATE, "%s", wal);
	snprintf(why, sizeof(why), "schema-%d", SCHEMA_CONVERTED);
	if (rc == 0)
		rc = move_aside_path(aside, c->path, why, c->o->now, e);
	if (rc == 0)
		rc = move_aside_files(c->path, aside, true, e);
	if (rc == 0)
		rc = database_files_name(c->ready, c->path, e);
	if (rc < 0)
		return rc;
	convert_say(c,
		    "%s now has schema %d; the file with schema %d is kept as "
		    "%s",
		    c->path, SCHEMA_VERSION, SCHEMA_CONVERTED, aside);
	return 0;
}

static int run(struct conversion *c, struct err *e)
{
	int rc = check_room(c, e);

	if (rc == 0)
		rc = lock_old(c, e);
	if (rc < 0)
		return rc;
	if (db_remove_copy(c->ready) < 0)
		return err_errno(e, ERR_CREATE, "%s", c->ready);
	convert_say(c, "%s has schema %d: converting it to schema %d", c->path,
		    SCHEMA_CONVERTED, SCHEMA_VERSION);
	convert_watch(c, c->from);
	rc = integrity_whole(c->from, e);
	if (rc == 0)
		rc = convert_copy(c, e);
	if (rc == 0)
		rc = prove(c, e);
	return rc == 0 ? take_name(c, e) : rc;
}

/* Remove all traces of the new file beside the old one. */
static int give_up(struct conversion *c, struct err *e)
{
	db_remove_copy(c->next);
	if (access(c->path, F_OK) == 0)
		db_remove_copy(c->ready);
	if (c->stopped)
		err_set(e, ERR_BUSY, "stopped by a signal");
	return err_while(e, "converting it from schema %d", SCHEMA_CONVERTED);
}

static int paths(struct conversion *c, const char *path, struct err *e)
{
	int rc = rotation_join(c->path, path, "", e);

	if (rc == 0)
		rc = rotation_join(c->next, path, ".converting", e);
	return rc == 0 ? rotation_join(c->ready, path, ".converted", e) : rc;
}

int convert_old(sqlite3 **db, const char *path, const struct journal_options *o,
		struct err *e)
{
	struct conversion c = { .o = o, .from = *db };
	int64_t version;
	int rc = schema_label_version(*db, &version, e);

	if (rc < 0 || version != SCHEMA_CONVERTED)
		return rc;
	/* the name that SQLite uses: without links */
	rc = paths(&c, sqlite3_db_filename(*db, "main"), e);
	if (rc == 0)
		rc = run(&c, e);
	db_close(c.to);
	transaction_rollback(c.from);
	db_close(c.from);
	*db = NULL;
	return rc < 0 ? give_up(&c, e)
		      : db_open_writer(db, path, o->wait_ms, e);
}

int convert_finish(const char *path, struct err *e)
{
	struct conversion c = { 0 };

	if (access(path, F_OK) == 0 || errno != ENOENT)
		return 0;
	if (paths(&c, path, e) < 0 || access(c.ready, F_OK) < 0)
		return 0;
	return database_files_name(c.ready, path, e);
}
