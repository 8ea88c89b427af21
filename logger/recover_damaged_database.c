#include "logger/recover_damaged_database.h"

#include <stdio.h>
#include <sys/stat.h>

#include "base/utc.h"
#include "logger/convert_progress.h"
#include "storage/db/backup_record.h"
#include "storage/db/move_database_aside.h"

enum {
	BACKUP_TEXT = ROTATION_PATH + 120,
	LOOKS = 3, /* SQLite sometimes takes a failed read for damage */
};

/* The advice for the user, as far as the backups are known. */
static const char *way_back(const struct store_options *o,
			    char text[static BACKUP_TEXT])
{
	char file[ROTATION_PATH], when[UTC_TEXT];
	int64_t ts;

	if (backup_record_read(o->database, file, &ts))
		snprintf(text, BACKUP_TEXT,
			 "to restore its last good backup, of %s: p1logger "
			 "--restore %s --force",
			 utc_format(when, ts), file);
	else
		snprintf(text, BACKUP_TEXT, "no backup of it is known");
	return text;
}

static void say_aside(const struct store_options *o, const char *aside,
		      const char *why)
{
	char text[BACKUP_TEXT];

	if (o->log != NULL)
		log_line(o->log, LOG_LEVEL_ERROR,
			 "%s; moved it to %s and created a new one; %s", why,
			 aside, way_back(o, text));
}

/* A database with backups is not normally empty or missing. */
static void say_new(const struct store_options *o)
{
	char text[BACKUP_TEXT], file[ROTATION_PATH];
	int64_t ts;

	if (o->log == NULL)
		return;
	if (backup_record_read(o->database, file, &ts))
		log_line(o->log, LOG_LEVEL_ERROR,
			 "%s was missing or empty: created a new one; %s",
			 o->database, way_back(o, text));
	else
		log_line(o->log, store_news(o), "created a new database: %s",
			 o->database);
}

static bool is_damaged(const struct store_options *o, const struct err *e)
{
	return e->code == ERR_DAMAGED ||
	       (e->code == ERR_CONFIG && move_aside_was_database(o->database));
}

int recover_set_aside(const struct store_options *o, int64_t now, struct err *e)
{
	char aside[ROTATION_PATH];
	struct err why = *e;

	if (move_aside_path(aside, o->database, "damaged", now, e) < 0 ||
	    move_aside_files(o->database, aside, false, e) < 0)
		return err_after(e, "the reason was: %s", why.text);
	say_aside(o, aside, why.text);
	return 0;
}

/* Has nothing been written to this database yet? */
static bool is_new(const char *database)
{
	struct stat st;

	return stat(database, &st) < 0 || st.st_size == 0;
}

/*
 * A repair loses nothing that was still readable; a backup may have the rest.
 */
static void say_repair(void *ctx, const char *sentence)
{
	const struct store_options *o = ctx;
	char text[BACKUP_TEXT];

	if (o->log != NULL)
		log_line(o->log, LOG_LEVEL_ERROR, "database %s: %s; %s",
			 o->database, sentence, way_back(o, text));
}

struct journal *recover_open(const struct store_options *o,
			     const struct journal_options *options,
			     struct err *e)
{
	struct journal_options how = *options;
	struct store_options told = *o;
	bool new = is_new(o->database);
	struct convert_progress converting;
	struct journal *j;

	how.repairs = (struct repair_report){ say_repair, &told };
	how.watch = convert_progress_watch(&converting, o);
	j = journal_open(o->database, &how, e);
	for (int i = 1; i < LOOKS && j == NULL && is_damaged(o, e); i++)
		j = journal_open(o->database, &how, e);
	progress_bar_clear(&converting.bar);
	if (j == NULL && is_damaged(o, e) &&
	    recover_set_aside(o, how.now, e) == 0)
		return journal_open(o->database, &how, e);
	if (j != NULL && new)
		say_new(o);
	return j;
}
