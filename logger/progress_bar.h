/*
 * A progress bar on a terminal, updated at most a few times a second and
 * cleared at the end.
 */
#ifndef LOGGER_PROGRESS_BAR_H
#define LOGGER_PROGRESS_BAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

struct progress_bar {
	bool shown;	 /* the line must be cleared */
	int64_t next_ms; /* monotonic time of the next update */
};

/* Draw it on stderr when due: `at` of `size` (0: unknown) bytes. */
void progress_bar_show(struct progress_bar *p, const struct clock *clock,
		       const char *name, int64_t at, int64_t size,
		       int64_t count);

/* Like progress_bar_show, for tasks that are not counted in telegrams. */
void progress_bar_part(struct progress_bar *p, const struct clock *clock,
		       const char *name, int64_t at, int64_t size);

/* Per cent, 0 to 100; 100 if `size` is 0. */
int progress_bar_percent(int64_t at, int64_t size);

/* Clear it if shown. */
void progress_bar_clear(struct progress_bar *p);

#endif
