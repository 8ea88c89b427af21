/*
 * The follower: p1rrd, started after a commit, brings the RRD files up to the
 * journal. It is found beside our own executable, for cron's PATH is short.
 */
#ifndef LOGGER_RRD_CHILD_H
#define LOGGER_RRD_CHILD_H

#include <sys/types.h>

#include "base/err.h"

/*
 * Start it with the settings file `config` (NULL: the usual one). Its process,
 * or ERR_CREATE when it cannot be started.
 */
pid_t rrd_child_start(const char *config, struct err *e);

/*
 * Wait at most wait_ms for it. 1: it has ended well; 0: it still runs, and may;
 * ERR_CREATE: it failed. What a failed one printed itself is not said again:
 * then e->text is "".
 */
int rrd_child_wait(pid_t pid, long wait_ms, struct err *e);

/*
 * p1rrd --verify: it prints what is wrong. 0: nothing; 1: something;
 * ERR_CREATE: it failed, as rrd_child_wait.
 */
int rrd_child_verify(const char *config, struct err *e);

/* Both: 0 when it has ended well or still runs after wait_ms, or ERR_CREATE. */
int rrd_child_run(const char *config, long wait_ms, struct err *e);

#endif
