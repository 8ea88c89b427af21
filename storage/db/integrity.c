#include "storage/db/integrity.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "storage/db/stmt.h"

/* Tables that do not grow with the readings. */
static const char *const small[] = {
	"meta", "meter",	  "installation",  "change_list",
	"obis", "calendar_month", "calendar_year",
};

/*
 * The newest rows of the tables that do grow: the pages that the next commit
 * changes.
 */
static const char *const ends[] = {
	"SELECT ts, power_import_w FROM electricity ORDER BY ts DESC LIMIT 9",
	"SELECT ts FROM phases ORDER BY ts DESC LIMIT 9",
	"SELECT ts FROM quality ORDER BY ts DESC LIMIT 9",
	"SELECT ts FROM state ORDER BY ts DESC LIMIT 9",
	"SELECT (SELECT max(ts) FROM mbus WHERE meter = id) FROM meter",
	"SELECT (SELECT max(ts) FROM extra WHERE obis = id) FROM obis",
	"SELECT day FROM calendar_day ORDER BY day DESC LIMIT 9",
	"SELECT ts FROM counter_from ORDER BY ts DESC LIMIT 9",
	"SELECT ts FROM counter_to ORDER BY ts DESC LIMIT 9",
};

/* The first line only names the file; the second has the problem. */
static struct span finding(struct span text)
{
	struct span head, line;

	if (!span_starts(text, SPAN("***")) || !span_cut(&text, '\n', &head))
		return text;
	return span_cut(&text, '\n', &line) ? line : text;
}

/*
 * The check reports damaged pages as well as pages that could not be read now,
 * with SQLite's code. A page that is missing (a truncated file) counts as
 * damaged.
 */
static int unread(struct span text, struct err *e)
{
	static const char word[] = "error code=";
	const char *at = strstr(text.p, word);
	long code = at == NULL ? 0 : strtol(at + sizeof(word) - 1, NULL, 10);

	if ((code & 0xff) == SQLITE_NOMEM)
		return err_memory(e);
	if ((code & 0xff) == SQLITE_IOERR && code != SQLITE_IOERR_SHORT_READ)
		return err_set(e, ERR_IO, "reading it failed: %s",
			       strerror(errno));
	return 0;
}

/* `how` is the name of one of SQLite's checks, with its argument. */
static int check(sqlite3 *db, sqlite3_str *how, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open_text(&s, db, how, e);

	if (rc == 0)
		rc = stmt_next(&s, e);
	if (rc > 0 && stmt_text(&s, 0).p == NULL)
		rc = err_memory(e);
	if (rc > 0 && unread(stmt_text(&s, 0), e) < 0)
		rc = e->code;
	if (rc > 0 && !span_eq(stmt_text(&s, 0), SPAN("ok")))
		rc = err_set(e, ERR_DAMAGED, "the database is damaged: %.*s",
			     SPAN_ARG(finding(stmt_text(&s, 0))));
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

static int quick_check(sqlite3 *db, const char *what, struct err *e)
{
	sqlite3_str *how = sqlite3_str_new(db);

	sqlite3_str_appendf(how, "PRAGMA quick_check(%s)", what);
	return check(db, how, e);
}

int integrity_whole(sqlite3 *db, struct err *e)
{
	sqlite3_str *how = sqlite3_str_new(db);

	sqlite3_str_appendall(how, "PRAGMA integrity_check(1)");
	return check(db, how, e);
}

int integrity_small(sqlite3 *db, bool *is_small, struct err *e)
{
	int64_t bytes = 0;
	int rc = stmt_ask(db,
			  "SELECT page_count * page_size "
			  "FROM pragma_page_count, pragma_page_size",
			  &bytes, e);

	*is_small = bytes <= INTEGRITY_WHOLE_MB * INT64_C(1048576);
	return rc;
}

/* Read the rows, so that SQLite reports damage in their pages. */
static int read_rows(sqlite3 *db, const char *sql, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, sql, e);

	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0)
		;
	stmt_close(&s);
	return rc;
}

int integrity_look(sqlite3 *db, bool whole, struct err *e)
{
	int rc = whole ? integrity_small(db, &whole, e) : 0;

	if (rc == 0 && whole)
		return quick_check(db, "1", e);
	for (size_t i = 0; rc == 0 && i < COUNT(small); i++)
		rc = quick_check(db, small[i], e);
	for (size_t i = 0; rc == 0 && i < COUNT(ends); i++)
		rc = read_rows(db, ends[i], e);
	return rc;
}
