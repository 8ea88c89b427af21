/*
 * When the service writes what it read, and what it does when it cannot: the
 * readings wait in memory, it tries again with growing pauses, and says once
 * what is in the way and once that it is over.
 */
#ifndef LOGGER_WRITER_H
#define LOGGER_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "logger/store.h"

struct writer {
	struct store *keep; /* borrowed, as are the next two */
	const struct clock *clock;
	const struct log *log;
	int64_t due_ms;	  /* monotonic, when to write; 0: at once */
	int64_t stuck_ms; /* since when it cannot; 0: it can */
	int64_t pause_ms; /* before it is tried again */
	bool said;	  /* that it cannot */
	struct log_burst burst;
};

/* For an open keep. Nothing is due before something waits. */
void writer_begin(struct writer *w, struct store *keep,
		  const struct clock *clock, const struct log *log);

/* Does something wait that should be written at once, the first reading? */
bool writer_eager(const struct writer *w);

/*
 * Write what waits; somebody who holds the database is waited for half a second
 * only, so that the port is heard. The number of new rows, or a negative code,
 * which is in the log then: all waits on, and due_ms is when to try again.
 */
int writer_write(struct writer *w, struct err *e);

/*
 * The last time: somebody who holds the database is waited for 15 s. An error
 * says how many rows are lost by it.
 */
int writer_finish(struct writer *w, struct err *e);

#endif
