/*
 * How far the conversion of a database is (storage/journal/convert.h): a bar on a
 * terminal, else a line of the log now and then; systemd waits for it.
 */
#ifndef LOGGER_CONVERTING_H
#define LOGGER_CONVERTING_H

#include "logger/progress.h"
#include "logger/store_options.h"

struct converting {
	const struct store_options *o; /* borrowed */
	struct progress bar;
	int64_t due_ms; /* monotonic, when the log has another line; 0: none yet */
};

/* What the journal calls; `c` is used until the journal is open. */
struct watch converting_watch(struct converting *c,
			      const struct store_options *o);

#endif
