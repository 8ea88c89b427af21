/* One telegram, kept: what cron starts every few minutes. */
#ifndef LOGGER_ONCE_H
#define LOGGER_ONCE_H

#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "forward/forward.h"
#include "logger/store.h"
#include "telegram/reader.h"

struct once_options {
	const char *port; /* "" finds it */
	int64_t wait_s;	  /* for a telegram, and as long for the lock */
	struct reader_options how; /* to read telegrams */
	const struct forward_settings *forward;
	struct store_options keep;
};

/*
 * Take the lock, wait for a telegram, keep it, start p1rrd. 0 when the row is
 * in the journal, and when a running service keeps it up; else a code as in
 * err.h: ERR_FORMAT bytes but no telegram, ERR_BUSY silence or a lock,
 * ERR_CREATE also when the RRD files could not be written, after the row was
 * stored; e->text is then "" when p1rrd has said why. The reading is forwarded
 * too, kept or not, for which a second more may pass. Says more to the log at
 * LOG_LEVEL_DEBUG.
 */
int once_run(const struct once_options *o, const struct log *log,
	     struct err *e);

#endif
