#include "logger/maintenance_modes.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/jsonout.h"
#include "base/print.h"
#include "base/utc.h"
#include "logger/follower_processes.h"
#include "storage/db/backup_record.h"
#include "storage/history/held_list.h"
#include "storage/maintenance/backup.h"
#include "storage/maintenance/restore.h"
#include "storage/maintenance/verify.h"

enum {
	KEEP_DAYS = 7,
	LOCK_WAIT_S = 5, /* for --once; a service has to be stopped */
};

/* "2026-11-21T12:00:00Z" */
static const char *reading_time(char text[static UTC_TEXT], int64_t utc)
{
	return utc == INT64_MIN ? "no reading" : utc_format(text, utc);
}

static void say_backup(const struct backup *b, const struct log *log)
{
	char newest[UTC_TEXT];

	log_line(log, LOG_LEVEL_DEBUG,
		 "%s: %" PRId64 " bytes, %" PRId64 " rows, up to %s; removed "
		 "%d older",
		 b->path, b->bytes, b->rows, reading_time(newest, b->newest),
		 b->removed);
	if (!b->recorded)
		log_line(log, LOG_LEVEL_DEBUG,
			 "this backup is not recorded as the last one: this "
			 "user may not write to the folder of the database");
}

/* Omit "newest" if there is no reading. */
static void end_line(struct jsonout *o, int64_t rows, int64_t newest, FILE *out)
{
	char text[UTC_TEXT];

	jsonout_whole(o, "rows", rows);
	if (newest != INT64_MIN)
		jsonout_text(o, "newest", span_of(utc_format(text, newest)));
	jsonout_close(o, '}');
	if (jsonout_end(o) > 0)
		print_line(out, "%s", o->buf);
}

static void print_backup(const struct backup *b, FILE *out)
{
	char buf[2 * ROTATION_PATH];
	struct jsonout o = jsonout(buf, sizeof(buf));

	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "file", span_of(b->path));
	jsonout_whole(&o, "bytes", b->bytes);
	jsonout_whole(&o, "removed", b->removed);
	end_line(&o, b->rows, b->newest, out);
}

int maintenance_backup(const char *database, const char *folder, int64_t keep,
		       FILE *json, const struct log *log, struct err *e)
{
	const struct backup_options o = {
		.database = database,
		.folder = folder,
		.keep = keep > 0 ? keep : KEEP_DAYS,
		.now = clock_utc(&clock_machine),
	};
	struct backup made;
	int rc = backup_make(&o, &made, e);

	if (rc < 0)
		return err_while(e, "no backup");
	say_backup(&made, log);
	if (json != NULL)
		print_backup(&made, json);
	return 0;
}

/* Returns 0 with the lock, or a negative code. */
static int lock_out(struct store *k, const struct store_options *how,
		    struct err *e)
{
	int rc = store_lock(k, how, LOCK_WAIT_S, true, e);

	if (rc == 0)
		rc = err_set(e, ERR_BUSY,
			     "the service is using %s: stop it first, "
			     "sudo systemctl stop p1logger",
			     how->database);
	return rc < 0 ? err_while(e, "nothing restored") : 0;
}

static int put_back(struct store *k, const struct restore_options *o,
		    const struct log *log, struct err *e)
{
	char newest[UTC_TEXT];
	struct restored r;
	int rc = restore_run(o, &r, e);

	if (rc < 0)
		return err_while(e, "nothing restored");
	if (r.aside[0] != '\0')
		log_line(log, LOG_LEVEL_NOTICE,
			 "the old database is kept as "
			 "%s",
			 r.aside);
	log_line(log, LOG_LEVEL_DEBUG, "%s: %" PRId64 " rows, up to %s",
		 o->database, r.rows, reading_time(newest, r.newest));
	return store_begin(k, e);
}

/* SQLite's file format, section 1.2. */
static bool is_database(const char *file)
{
	static const char magic[] = "SQLite format 3";
	char start[sizeof(magic)] = "";
	FILE *f = fopen(file, "re");
	bool same = f == NULL ||
		    (fread(start, 1, sizeof(start), f) == sizeof(start) &&
		     memcmp(start, magic, sizeof(start)) == 0);

	if (f != NULL)
		fclose(f);
	return same;
}

static int refuse_file(const char *file, struct err *e)
{
	return err_set(e, ERR_FORMAT,
		       "%s is not a database: name a file that p1logger "
		       "--backup made",
		       file);
}

/*
 * If the user names the folder of the backups, say which file to name instead.
 */
static int check_file(const char *file, const char *database, struct err *e)
{
	char newest[ROTATION_PATH];
	struct stat st;
	int rc;

	if (stat(file, &st) < 0)
		return errno != ENOENT
			       ? 0
			       : err_set(e, ERR_ABSENT,
					 "%s does not exist; "
					 "p1logger --verify names the last "
					 "backup",
					 file);
	if (!S_ISDIR(st.st_mode))
		return is_database(file) ? 0 : refuse_file(file, e);
	rc = rotation_newest(file, database, newest, e);
	if (rc < 0)
		return rc;
	return rc > 0 ? err_set(e, ERR_USAGE,
				"%s is a folder: name the backup, such as the "
				"newest one in it, %s",
				file, newest)
		      : err_set(e, ERR_USAGE,
				"%s is a folder without a backup of %s: name "
				"the backup",
				file, database);
}

static void say_repair(void *ctx, const char *sentence)
{
	const struct log *log = ctx;

	log_line(log, LOG_LEVEL_ERROR, "the backup: %s", sentence);
}

int maintenance_restore(const struct store_options *how, const char *file,
			bool force, const struct log *log, struct err *e)
{
	struct log told = *log;
	const struct restore_options o = {
		.database = how->database,
		.file = file,
		.force = force,
		.now = clock_utc(how->clock),
		.repairs = { say_repair, &told },
	};
	struct store k;
	int rc;

	if (check_file(file, how->database, e) < 0)
		return err_while(e, "nothing restored");
	rc = lock_out(&k, how, e);
	if (rc == 0)
		rc = put_back(&k, &o, log, e);
	store_close(&k);
	if (rc < 0)
		return rc;
	return followers_run(how, FOLLOWER_REDO_MS, e);
}

static void print(void *ctx, const char *sentence)
{
	print_line(ctx, "%s", sentence);
}

static void print_age(FILE *out, const char *what, int64_t utc, int64_t now,
		      const char *more)
{
	char text[UTC_TEXT];

	print_line(out, "last %s: %s, %" PRId64 " s ago%s", what,
		   utc_format(text, utc), now - utc, more);
}

static void print_ages(const struct store_options *how, const struct verify *v,
		       FILE *out)
{
	char file[ROTATION_PATH], more[ROTATION_PATH + 2];
	int64_t now = clock_utc(how->clock), when;

	if (v->newest == INT64_MIN)
		print_line(out, "%s",
			   v->found > 0
				   ? "last reading: unknown"
				   : "no readings yet: p1logger --discover "
				     "says whether the meter sends any");
	else
		print_age(out, "reading", v->newest, now, "");
	if (!backup_record_read(how->database, file, &when)) {
		print_line(out, "last backup: none");
		return;
	}
	snprintf(more, sizeof(more), ", %s", file);
	print_age(out, "backup", when, now, more);
}

/*
 * Name the electricity meters that are not the house's: not a problem, but
 * worth knowing.
 */
static void print_others(const char *database, FILE *out)
{
	char sentence[HELD_LIST_SENTENCE];
	struct held_list_other other;
	struct err ignored;
	struct held_list *r = held_list_open(database, &ignored);

	while (r != NULL && held_list_next_other(r, &other, &ignored) > 0)
		print_line(out, "%s",
			   held_list_other_sentence(sentence, &other));
	held_list_close(r);
}

int maintenance_repair(const struct store_options *how, int64_t wait_s,
		       struct err *e)
{
	struct store_options all = *how;
	struct store k = { .lock = -1 };
	int rc;

	all.whole_calendar = true;
	rc = store_open_alone(&k, &all, wait_s, e);
	if (rc > 0)
		rc = journal_rebuild(k.journal, e);
	store_close(&k);
	return rc;
}

int maintenance_verify(const struct store_options *how, FILE *out,
		       struct err *e)
{
	struct verify v = { .say = print,
			    .ctx = out,
			    .limits = how->limits,
			    .timezone = how->timezone };
	int rc = verify_database(how->database, &v, e);
	int rrd = 0;

	if (rc < 0)
		return rc;
	fflush(out); /* p1rrd prints to the same place */
	if (how->follow[FOLLOWER_RRD].on && v.newest != INT64_MIN)
		rrd = follower_verify_rrd(how->config, e);
	print_others(how->database, out);
	print_ages(how, &v, out);
	if (v.found > 0)
		return err_set(e, ERR_FORMAT, "%" PRId64 " %s in %s", v.found,
			       print_noun(v.found, "problem", "problems"),
			       how->database);
	if (rrd > 0) /* p1rrd reported the problem */
		return err_set(e, ERR_FORMAT, "%s", "");
	return rrd;
}

static void add_text(void *ctx, const char *sentence)
{
	jsonout_text(ctx, NULL, span_of(sentence));
}

static int verify_json(const char *file, int64_t *found, FILE *out,
		       struct err *e)
{
	enum { SIZE = 1 << 17 }; /* room for a hundred sentences */
	char *buf = malloc(SIZE);
	struct jsonout o = jsonout(buf, SIZE);
	struct verify v = { .say = add_text, .ctx = &o };
	int rc;

	if (buf == NULL)
		return err_memory(e);
	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "file", span_of(file));
	jsonout_open(&o, "wrong", '[');
	rc = verify_database(file, &v, e);
	jsonout_close(&o, ']');
	jsonout_whole(&o, "found", v.found);
	if (rc == 0)
		end_line(&o, v.rows, v.newest, out);
	*found = v.found;
	free(buf);
	return rc;
}

int maintenance_verify_backup(const char *database, const char *file, bool json,
			      FILE *out, struct err *e)
{
	struct verify v = { .say = print, .ctx = out };
	char last[ROTATION_PATH];
	int64_t when;
	int rc;

	if (file == NULL && !backup_record_read(database, last, &when))
		return err_set(e, ERR_ABSENT,
			       "%s has no record of a backup; p1logger "
			       "--backup makes one",
			       database);
	file = file != NULL ? file : last;
	if (check_file(file, database, e) < 0)
		return e->code;
	rc = json ? verify_json(file, &v.found, out, e)
		  : verify_database(file, &v, e);
	if (rc < 0 || v.found == 0)
		return rc;
	if (json) /* already reported */
		return err_set(e, ERR_FORMAT, "%s", "");
	return err_set(e, ERR_FORMAT, "%" PRId64 " %s in %s", v.found,
		       print_noun(v.found, "problem", "problems"), file);
}
