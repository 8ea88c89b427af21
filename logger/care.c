#include "logger/care.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/utc.h"
#include "logger/follow.h"
#include "storage/backup.h"
#include "storage/restore.h"
#include "storage/verify.h"

enum {
	KEEP_DAYS = 7,
	LOCK_WAIT_S = 5,     /* for a --once; a service is told to stop */
	FOLLOW_MS = 3600000, /* the longest wait for p1rrd */
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
		 "%d older", b->path, b->bytes, b->rows,
		 reading_time(newest, b->newest), b->removed);
	if (!b->recorded)
		log_line(log, LOG_LEVEL_DEBUG, "the folder of the database could not be "
			 "written: this backup is not remembered");
}

int care_backup(const char *database, const char *folder, long keep,
		const struct log *log, struct err *e)
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
	return 0;
}

/* 0 with the lock, or negative. */
static int lock_out(struct keep *k, const struct keep_options *how,
		    struct err *e)
{
	int rc = keep_lock(k, how, LOCK_WAIT_S, true, e);

	if (rc == 0)
		rc = err_set(e, ERR_BUSY, "the service keeps %s: stop it first, "
			     "systemctl stop p1logger", how->database);
	return rc < 0 ? err_while(e, "nothing restored") : 0;
}

static int put_back(struct keep *k, const struct restore_options *o,
		    const struct log *log, struct err *e)
{
	char newest[UTC_TEXT];
	struct restored r;
	int rc = restore_run(o, &r, e);

	if (rc < 0)
		return err_while(e, "nothing restored");
	if (r.aside[0] != '\0')
		log_line(log, LOG_LEVEL_NOTICE, "what was there is kept as %s",
			 r.aside);
	log_line(log, LOG_LEVEL_DEBUG, "%s: %" PRId64 " rows, up to %s",
		 o->database, r.rows, reading_time(newest, r.newest));
	return keep_begin(k, e);
}

int care_restore(const struct keep_options *how, const char *file, bool force,
		 const struct log *log, struct err *e)
{
	const struct restore_options o = {
		.database = how->database,
		.file = file,
		.force = force,
		.now = clock_utc(how->clock),
	};
	struct keep k;
	int rc = lock_out(&k, how, e);

	if (rc == 0)
		rc = put_back(&k, &o, log, e);
	keep_close(&k);
	if (rc < 0)
		return rc;
	return how->follow ? follow_run(how->config, FOLLOW_MS, e) : 0;
}

static void print(void *ctx, const char *sentence)
{
	fprintf(ctx, "%s\n", sentence);
}

static void print_age(FILE *out, const char *what, int64_t utc, int64_t now,
		      const char *more)
{
	char text[UTC_TEXT];

	fprintf(out, "last %s: %s, %" PRId64 " s ago%s\n", what,
		utc_format(text, utc), now - utc, more);
}

static void print_ages(const struct keep_options *how, int64_t newest,
		       FILE *out)
{
	char file[GENERATION_PATH], more[GENERATION_PATH + 2];
	int64_t now = clock_utc(how->clock), when;

	if (newest == INT64_MIN)
		fputs("last reading: none\n", out);
	else
		print_age(out, "reading", newest, now, "");
	if (!backup_last(how->database, file, &when)) {
		fputs("last backup: none\n", out);
		return;
	}
	snprintf(more, sizeof(more), ", %s", file);
	print_age(out, "backup", when, now, more);
}

int care_verify(const struct keep_options *how, FILE *out, struct err *e)
{
	struct verify v = { .say = print, .ctx = out };
	int rc = verify_database(how->database, &v, e);
	int rrd = 0;

	if (rc < 0)
		return rc;
	fflush(out); /* p1rrd prints to the same place */
	if (how->follow && v.newest != INT64_MIN)
		rrd = follow_verify(how->config, e);
	print_ages(how, v.newest, out);
	if (v.found > 0)
		return err_set(e, ERR_FORMAT, "%" PRId64 " things wrong in %s",
			       v.found, how->database);
	if (rrd > 0) /* it said so */
		return err_set(e, ERR_FORMAT, "%s", "");
	return rrd;
}
