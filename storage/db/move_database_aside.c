#include "storage/db/move_database_aside.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic_write.h"
#include "base/utc.h"

int move_aside_path(char path[static ROTATION_PATH], const char *database,
		    const char *why, int64_t now, struct err *e)
{
	struct civil c = utc_to_civil(now);
	char tail[64];

	snprintf(tail, sizeof(tail), ".%s-%04d-%02d-%02dT%02d%02d%02dZ", why,
		 c.year, c.month, c.day, c.hour, c.minute, c.second);
	return rotation_join(path, database, tail, e);
}

static bool is_same(const char *a, const char *b)
{
	struct stat one, two;

	return stat(a, &one) == 0 && stat(b, &two) == 0 &&
	       one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

/*
 * Without hard links the file is renamed. A run that was killed a moment ago
 * may have given it the second name already.
 */
static bool has_second_name(const char *database, const char *aside,
			    bool keep_name)
{
	return keep_name && (link(database, aside) == 0 ||
			     (errno == EEXIST && is_same(database, aside)));
}

/*
 * Move the WAL before its database: a new database there would treat the WAL as
 * its own.
 */
int move_aside_files(const char *database, const char *aside, bool keep_name,
		     struct err *e)
{
	char wal[ROTATION_PATH], aside_wal[ROTATION_PATH];
	bool linked = has_second_name(database, aside, keep_name);

	if (rotation_join(wal, database, "-wal", e) < 0 ||
	    rotation_join(aside_wal, aside, "-wal", e) < 0)
		return e->code;
	if (!linked && access(aside, F_OK) == 0)
		return err_set(e, ERR_CREATE,
			       "cannot keep %s as %s: that file already exists",
			       database, aside);
	if (rename(wal, aside_wal) < 0 && errno != ENOENT)
		return err_errno(e, ERR_CREATE, "cannot keep %s as %s", wal,
				 aside_wal);
	if (!linked && rename(database, aside) < 0)
		return err_errno(e, ERR_CREATE, "cannot keep %s as %s",
				 database, aside);
	rotation_join(wal, database, "-shm", e);
	unlink(wal);
	return atomic_sync_name(database, e);
}

static bool has_beside(const char *database, const char *suffix)
{
	char path[ROTATION_PATH];
	struct err ignored;
	struct stat st;

	return rotation_join(path, database, suffix, &ignored) == 0 &&
	       stat(path, &st) == 0 && st.st_size > 0;
}

static bool has_magic(const char *database)
{
	static const char magic[16] = "SQLite format 3";
	char head[sizeof(magic)] = "";
	FILE *f = fopen(database, "re");
	size_t n;

	if (f == NULL)
		return true; /* no proof of the contrary */
	n = fread(head, 1, sizeof(head), f);
	fclose(f);
	return n == sizeof(head) && memcmp(head, magic, sizeof(magic)) == 0;
}

bool move_aside_was_database(const char *database)
{
	return !has_magic(database) &&
	       (has_beside(database, "-wal") || has_beside(database, ".port") ||
		has_beside(database, ".backup"));
}
