/*
 * Runs that no person waits for: when they try, and what they log, so that a
 * server that is away for a week costs two lines.
 */
#ifndef FLEET_BACKGROUND_H
#define FLEET_BACKGROUND_H

#include <stdbool.h>

#include "base/log.h"
#include "fleet/state_file.h"

/*
 * Wait a random time of up to half of `interval` seconds: homes that commit at
 * the same instant do not all come at once.
 */
void background_wait(int64_t interval);

/* Has the pause after the last failure passed? */
bool background_is_due(const struct state_file *s);

/*
 * Record the result `rc` of a try, with *e if it failed, and log the first
 * failure in a row, one with another cause, and the end of them. Returns the
 * result for main.c: 0 for a failure in the background, which is logged.
 */
int background_result(struct state_file *s, int64_t interval, int rc,
		      bool background, const struct log *log,
		      const struct err *e);

#endif
