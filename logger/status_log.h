/* Log the state of the readings, rarely. */
#ifndef LOGGER_STATUS_LOG_H
#define LOGGER_STATUS_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "logger/choose_reading_time.h"
#include "storage/journal/journal.h"

struct status_log {
	const struct log *log; /* borrowed */
	int64_t held, beyond;  /* the journal's counts so far */
	struct log_burst clock, more_held, excess, look;
	const char *also;  /* [meter] also; borrowed; NULL if none */
	int64_t others;	   /* meters that are not the house's, so far */
	int64_t others_ms; /* monotonic time when they were named; 0: never */
	int64_t told_ms; /* monotonic time of the last named meter; 0: never */
};

/*
 * Report which clock is used, at most once a day; not while another country's
 * offset is suspected. `ms` is monotonic.
 */
void status_log_clock(struct status_log *t, const struct timestamper *s,
		      bool suspected, int64_t ms);

/*
 * Report, each at most once an hour: the number of newly held readings; for each
 * meter of `database` whose readings were all held for an hour or more, what the
 * user can do; and that the meter sends more than is stored. Name the electricity
 * meters that are not the house's, and those that [meter] also names, at the
 * start and when one is found.
 */
void status_log_journal(struct status_log *t, const struct journal *j,
			const char *database, int64_t ms);

#endif
