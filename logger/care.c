#include "logger/care.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/utc.h"
#include "storage/backup.h"

enum { KEEP_DAYS = 7 };

static void say_backup(const struct backup *b, const struct log *log)
{
	char newest[UTC_TEXT] = "no reading";

	if (b->newest != INT64_MIN)
		utc_format(newest, b->newest);
	log_line(log, LOG_LEVEL_DEBUG,
		 "%s: %" PRId64 " bytes, %" PRId64 " rows, up to %s; removed "
		 "%d older", b->path, b->bytes, b->rows, newest, b->removed);
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
