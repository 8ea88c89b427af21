#include "logger/care.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/utc.h"
#include "logger/follow.h"
#include "storage/backup.h"
#include "storage/restore.h"

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
		log_line(log, LOG_LEVEL_DEBUG, "the database could not be "
			 "written: it does not remember this backup");
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
