/*
 * Run p1rrd after a commit to bring the RRD files up to date with the journal.
 * It is looked up beside our own executable, since cron's PATH is short.
 */
#ifndef LOGGER_P1RRD_PROCESS_H
#define LOGGER_P1RRD_PROCESS_H

#include <sys/types.h>

#include "logger/store_options.h"

/*
 * Start it with the settings file `config` (NULL: the default). Returns its
 * process, or ERR_CREATE.
 */
pid_t p1rrd_process_start(const char *config, struct err *e);

/*
 * Wait at most wait_ms for it. Returns 1 if it succeeded; 0 if it still runs,
 * which is fine; ERR_CREATE if it failed, with e->text "" if it has printed the
 * reason.
 */
int p1rrd_process_wait(pid_t pid, long wait_ms, struct err *e);

/*
 * Run p1rrd --verify, which prints problems. Returns 0 if there are none; 1 if
 * there are some; ERR_CREATE if it failed, see p1rrd_process_wait.
 */
int p1rrd_process_verify(const char *config, struct err *e);

/* The longest waits for p1rrd. */
enum {
	P1RRD_PROCESS_COMMIT_MS = 10000, /* after a commit of new readings */
	P1RRD_PROCESS_REDO_MS = 3600000, /* after a change of the past */
};

/*
 * Start it and wait at most wait_ms, if o->follow is set. Returns 0 if it
 * succeeded or still runs, or ERR_CREATE.
 */
int p1rrd_process_follow(const struct store_options *o, long wait_ms,
			 struct err *e);

#endif
