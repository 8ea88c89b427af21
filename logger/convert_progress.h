/*
 * Progress of converting a database (storage/journal/convert_schema_5.h): a bar on a
 * terminal, else an occasional log line; systemd is told to wait.
 */
#ifndef LOGGER_CONVERT_PROGRESS_H
#define LOGGER_CONVERT_PROGRESS_H

#include "logger/progress_bar.h"
#include "logger/store_options.h"

struct convert_progress {
	const struct store_options *o; /* borrowed */
	struct progress_bar bar;
	int64_t due_ms; /* monotonic time of the next log line; 0: not set */
};

/* Callbacks for the journal; `c` must live until it is open. */
struct progress_watch convert_progress_watch(struct convert_progress *c,
					     const struct store_options *o);

#endif
