/*
 * When the service writes its readings, and what it does if it cannot: they
 * wait in memory, it retries with growing pauses, and logs once what prevents
 * writing and once that writing works again.
 */
#ifndef LOGGER_COMMIT_SCHEDULE_H
#define LOGGER_COMMIT_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "logger/store.h"

struct commit_schedule {
	struct store *store; /* borrowed, like the next two */
	const struct clock *clock;
	const struct log *log;
	int64_t due_ms;	  /* monotonic time of the next write; 0: immediately */
	int64_t stuck_ms; /* when writing first failed; 0: it works */
	int64_t pause_ms; /* before retrying */
	bool said;	  /* the failure was logged */
	struct log_burst burst;
};

/* Start for an open store. Nothing is due until something is pending. */
void commit_schedule_begin(struct commit_schedule *w, struct store *store,
			   const struct clock *clock, const struct log *log);

/*
 * Is something pending that should be written immediately, such as the first
 * reading?
 */
bool commit_schedule_eager(const struct commit_schedule *w);

/*
 * Write everything pending. Waits only half a second for another user of the
 * database, so that the port is still read. Returns the number of new rows, or
 * a negative code, which is logged: then everything is still pending, and
 * due_ms is the time to retry.
 */
int commit_schedule_write(struct commit_schedule *w, struct err *e);

/*
 * Write for the last time, waiting up to 15 s for another user of the database.
 * An error says how many rows were lost.
 */
int commit_schedule_finish(struct commit_schedule *w, struct err *e);

#endif
