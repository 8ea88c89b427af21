#include "storage/db/sqlite_error.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>

/* Result codes that a caller can act on; the others are ERR_FAILED. */
static int code_of(sqlite3 *db, int rc)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL:
		return ERR_BUSY;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return ERR_PERMISSION;
	case SQLITE_NOTADB:
		return ERR_CONFIG;
	case SQLITE_CANTOPEN:
		return sqlite3_system_errno(db) == EACCES ? ERR_PERMISSION
							  : ERR_CREATE;
	case SQLITE_FULL:
	case SQLITE_IOERR:
		return ERR_IO;
	case SQLITE_CORRUPT:
		return ERR_DAMAGED;
	default:
		return ERR_FAILED;
	}
}

/* The system's errno if that is the cause, else 0. */
static int cause_of(sqlite3 *db, int rc)
{
	bool told =
		(rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN;

	return told ? sqlite3_system_errno(db) : 0;
}

/* SQLite does not say if a write hit the limit. */
static bool is_limited(void)
{
	struct rlimit size;

	return getrlimit(RLIMIT_FSIZE, &size) == 0 &&
	       size.rlim_cur != RLIM_INFINITY;
}

static const char *text_of(sqlite3 *db, int code, int rc)
{
	if (code == ERR_BUSY)
		return "another program has locked it: try again later";
	switch (rc & 0xff) {
	case SQLITE_CORRUPT:
		return "the database is damaged";
	case SQLITE_FULL:
		return "the disk is full";
	case SQLITE_IOERR:
		return is_limited() ? "reading or writing the disk failed; "
				      "the size of a file is limited for this "
				      "process (ulimit -f, LimitFSIZE=)"
				    : "reading or writing the disk failed";
	case SQLITE_READONLY:
		return "this user may not write to the database or its folder";
	default:
		return sqlite3_errmsg(db);
	}
}

int sqlite_error(sqlite3 *db, int rc, struct err *e)
{
	int code = code_of(db, rc), cause = cause_of(db, rc);

	return err_set(e, code, "%s%s%s", text_of(db, code, rc),
		       cause ? ": " : "", cause ? strerror(cause) : "");
}
