/* What the service says of readings: seldom. */
#ifndef LOGGER_TELL_H
#define LOGGER_TELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "logger/stamp.h"
#include "storage/journal/journal.h"

struct tell {
	const struct log *log; /* borrowed */
	int64_t held, beyond;  /* of the journal, so far */
	struct log_burst clock, doubt, excess, look;
	int64_t told_ms; /* monotonic: when a meter was named last; 0 never */
};

/*
 * Whose clock counts, once a day at most; not while the error may be that of
 * another country (`suspected`). `ms` is monotonic.
 */
void tell_clock(struct tell *t, const struct stamper *s, bool suspected,
		int64_t ms);

/*
 * Say how many readings were held since, once an hour at most; and likewise of
 * each meter of `database` whose readings of the newest hour or more are all
 * held, what a person can do.
 */
void tell_held(struct tell *t, const struct journal *j, const char *database,
	       int64_t ms);

/* The meter says more than is kept of it: once an hour at most. */
void tell_beyond(struct tell *t, const struct journal *j, int64_t ms);

#endif
