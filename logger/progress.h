/* A progress bar on a terminal: at most a few times a second, gone at the end. */
#ifndef LOGGER_PROGRESS_H
#define LOGGER_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

struct progress {
	bool shown;	 /* there is one to be cleared */
	int64_t next_ms; /* monotonic; not drawn again before */
};

/* Draw it on stderr when it is time: `at` of `size` (0: not known) bytes. */
void progress_show(struct progress *p, const struct clock *clock,
		   const char *name, int64_t at, int64_t size, int64_t count);

/* The same without telegrams, of what is done in one piece. */
void progress_part(struct progress *p, const struct clock *clock,
		   const char *name, int64_t at, int64_t size);

/* Whole percents, 0 to 100; 100 when `size` is 0. */
int progress_percent(int64_t at, int64_t size);

/* Take it away, if it is shown. */
void progress_clear(struct progress *p);

#endif
