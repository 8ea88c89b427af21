/* Log the state of the readings, rarely. */
#ifndef LOGGER_STATUS_LOG_H
#define LOGGER_STATUS_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "logger/timestamp.h"
#include "storage/journal/journal.h"

struct status_log {
	const struct log *log; /* borrowed */
	int64_t held, beyond;  /* the journal's counts so far */
	struct log_burst clock, doubt, excess, look;
	int64_t told_ms; /* monotonic time of the last named meter; 0: never */
};

/*
 * Report which clock is used, at most once a day; not while another country's
 * offset is suspected. `ms` is monotonic.
 */
void status_log_clock(struct status_log *t, const struct stamper *s,
		      bool suspected, int64_t ms);

/*
 * Report the number of newly held readings, at most once an hour; and for each
 * meter of `database` whose readings were all held for an hour or more, what
 * the user can do.
 */
void status_log_held(struct status_log *t, const struct journal *j,
		     const char *database, int64_t ms);

/* Report that the meter sends more than is stored, at most once an hour. */
void status_log_beyond(struct status_log *t, const struct journal *j,
		       int64_t ms);

#endif
