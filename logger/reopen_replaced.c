#include "logger/reopen_replaced.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/print.h"
#include "logger/recover_damaged_database.h"
#include "storage/db/move_database_aside.h"
#include "storage/journal/database_replaced.h"

__attribute__((format(printf, 2, 3))) static void
say(const struct store_options *o, const char *fmt, ...)
{
	char text[2 * ROTATION_PATH];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (o->log != NULL)
		log_line(o->log, LOG_LEVEL_ERROR, "%s was %s", o->database,
			 text);
}

/* Rescue data that is only in the old file, or in a -wal file left behind. */
static int save(const struct store_options *o, struct journal *j, int64_t now,
		struct err *e)
{
	char name[ROTATION_PATH], aside[ROTATION_PATH];
	int rc = move_aside_path(aside, o->database, "removed", now, e);

	if (rc == 0)
		rc = journal_leave(j, aside, e);
	if (rc < 0)
		return err_while(e,
				 "%s was removed or replaced while in use; "
				 "saving its contents",
				 o->database);
	journal_name(j, name, sizeof(name));
	if (rc > 0)
		say(o,
		    "removed or replaced while in use; its contents are saved "
		    "as %s: p1logger --restore puts them back",
		    aside);
	else
		say(o, "renamed while in use; it is now %s", name);
	return 0;
}

/*
 * Another file has the name, or no file has it: close the old one once the new
 * one is open.
 */
static int change_over(const struct store_options *o,
		       const struct journal_options *how, struct journal **j,
		       struct err *e)
{
	struct journal *next = recover_open(o, how, e);
	struct waiting *w = next != NULL ? journal_unload(*j) : NULL;

	if (next == NULL)
		return e->code;
	if (w == NULL) {
		journal_close(next);
		return err_memory(e);
	}
	journal_reload(next, w);
	journal_close(*j);
	*j = next;
	return 0;
}

/*
 * It is the same file: SQLite would share this connection's cached state with
 * the next one, so close this one first.
 */
static int open_again(const struct store_options *o,
		      const struct journal_options *how, struct journal **j,
		      struct err *e)
{
	size_t rows = journal_waiting(*j);
	struct waiting *w = journal_unload(*j);

	if (w == NULL)
		return err_memory(e);
	journal_close(*j);
	*j = recover_open(o, how, e);
	journal_reload(*j, w);
	if (*j != NULL)
		return 0;
	return err_after(e, "%zu %s not written", rows,
			 print_noun((int64_t)rows, "row was", "rows were"));
}

int reopen_journal(const struct store_options *o,
		   const struct journal_options *how, struct journal **j,
		   bool *saved, struct err *e)
{
	enum standing s = journal_standing(*j);
	int rc = 0;

	if (s == STANDING_SAME)
		return 0;
	if (s == STANDING_TOUCHED) {
		say(o, "changed by another program while in use, or the files "
		       "beside it were removed; it is reopened and checked");
		return open_again(o, how, j, e);
	}
	if (!*saved)
		rc = save(o, *j, how->now, e);
	*saved = rc == 0;
	if (rc == 0)
		rc = change_over(o, how, j, e);
	if (rc == 0)
		*saved = false;
	return rc;
}
