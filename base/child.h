/*
 * Programs of ours that others of ours start. They are found beside our own
 * executable, for cron's PATH is short.
 */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <sys/types.h>

#include "base/err.h"

/*
 * Start the program `argv[0]` (a bare name), with no signal blocked or ignored.
 * What it prints and complains goes to the descriptor `out`, or with -1 where
 * ours goes. argv ends with NULL. Its process, or ERR_CREATE.
 */
pid_t child_start(const char *const *argv, int out, struct err *e);

/*
 * How the program `name` ended, by its wait status. 0: well; or ERR_CREATE. Then
 * e->text is "" if it ended with a status of ours, whose reason it has printed.
 */
int child_result(const char *name, int status, struct err *e);

/* Has it ended? 1 and its wait status, 0 when it still runs, or ERR_FAILED. */
int child_ended(pid_t pid, int *status, struct err *e);

#endif
