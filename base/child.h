/*
 * Start our other programs. They are looked up beside our own executable, since
 * cron's PATH is short.
 */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <sys/types.h>

#include "base/err.h"

/*
 * Start the program `argv[0]` (a bare name; argv ends with NULL) with no signal
 * blocked or ignored. Its stdout and stderr go to the descriptor `out`, or to
 * ours if it is -1. Returns the process, or ERR_CREATE.
 */
pid_t child_start(const char *const *argv, int out, struct err *e);

/*
 * Convert the wait status of the program `name` to a result: 0 for success,
 * else ERR_CREATE. e->text is "" if the program exited with one of our
 * statuses, because it has already printed the reason.
 */
int child_result(const char *name, int status, struct err *e);

/*
 * Poll the child. Returns 1 and its wait status if it has ended, 0 while it
 * runs, or ERR_FAILED.
 */
int child_ended(pid_t pid, int *status, struct err *e);

#endif
