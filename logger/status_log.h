/* What the service says of readings: seldom. */
#ifndef LOGGER_STATUS_LOG_H
#define LOGGER_STATUS_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "logger/timestamp.h"
#include "storage/journal/journal.h"

struct status_log {
	const struct log *log; /* borrowed */
	int64_t held, beyond;  /* of the journal, so far */
	struct log_burst clock, doubt, excess, look;
	int64_t told_ms; /* monotonic: when a meter was named last; 0 never */
};

/*
 * Whose clock counts, once a day at most; not while the error may be that of
 * another country (`suspected`). `ms` is monotonic.
 */
void status_log_clock(struct status_log *t, const struct stamper *s,
		      bool suspected, int64_t ms);

/*
 * Say how many readings were held since, once an hour at most; and likewise of
 * each meter of `database` whose readings of the newest hour or more are all
 * held, what a person can do.
 */
void status_log_held(struct status_log *t, const struct journal *j,
		     const char *database, int64_t ms);

/* The meter says more than is kept of it: once an hour at most. */
void status_log_beyond(struct status_log *t, const struct journal *j,
		       int64_t ms);

#endif
