/*
 * Progress of converting a database (storage/journal/convert.h): a bar on a
 * terminal, else an occasional log line; systemd is told to wait.
 */
#ifndef LOGGER_CONVERTING_H
#define LOGGER_CONVERTING_H

#include "logger/progress_bar.h"
#include "logger/store_options.h"

struct converting {
	const struct store_options *o; /* borrowed */
	struct progress_bar bar;
	int64_t due_ms; /* monotonic time of the next log line; 0: not set */
};

/* Callbacks for the journal; `c` must live until it is open. */
struct progress_watch converting_watch(struct converting *c,
				       const struct store_options *o);

#endif
