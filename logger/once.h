/* Store one telegram: run by cron every few minutes. */
#ifndef LOGGER_ONCE_H
#define LOGGER_ONCE_H

#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "forward/outputs.h"
#include "logger/store.h"
#include "logger/today_totals.h"
#include "telegram/reader.h"

struct once_options {
	const char *port;	   /* "" searches for it */
	int64_t wait_s;		   /* for a telegram, and again for the lock */
	struct reader_options how; /* for reading telegrams */
	const struct outputs_settings *forward;
	struct today_options today;
	struct store_options store;
};

/*
 * Take the lock, wait for a telegram, store it, start the followers. Returns 0 if
 * the row is in the journal, or if a running service stores readings anyway;
 * else a code of err.h: ERR_FORMAT for bytes without a telegram, ERR_BUSY for
 * silence or a lock, ERR_CREATE, among others, if the row was stored but the RRD
 * files could not be written; e->text is "" if a follower has printed the
 * reason. The reading is forwarded in any case, which may take another second.
 * Details are logged at LOG_LEVEL_DEBUG.
 */
int once_run(const struct once_options *o, const struct log *log,
	     struct err *e);

#endif
