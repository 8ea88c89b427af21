/*
 * Run the programs that follow the journal after a commit: p1rrd for the RRD
 * files, p1pg for a PostgreSQL server. They are looked up beside our own
 * executable, since cron's PATH is short.
 */
#ifndef LOGGER_FOLLOWER_PROCESSES_H
#define LOGGER_FOLLOWER_PROCESSES_H

#include <sys/types.h>

#include "logger/store_options.h"

/* The longest waits for those that keep files of this machine up to date. */
enum {
	FOLLOWER_COMMIT_MS = 10000, /* after a commit of new readings */
	FOLLOWER_REDO_MS = 3600000, /* after a change of the past */
};

/*
 * Is its end waited for? Not if it waits itself, for a server, which may be
 * away.
 */
bool follower_is_awaited(enum follower f);

/*
 * Start it with the settings file `config` (NULL: the default). Returns its
 * process, or ERR_CREATE.
 */
pid_t follower_start(enum follower f, const char *config, struct err *e);

/*
 * Wait at most wait_ms for it. Returns 1 if it succeeded; 0 if it still runs,
 * which is fine; ERR_CREATE if it failed, with e->text "" if it has printed the
 * reason.
 */
int follower_wait(enum follower f, pid_t pid, long wait_ms, struct err *e);

/*
 * Start all that the settings switch on (o->follow), and wait at most wait_ms
 * for each that is awaited. Returns 0 if they succeeded or still run, or
 * ERR_CREATE.
 */
int followers_run(const struct store_options *o, long wait_ms, struct err *e);

/*
 * Run p1rrd --verify, which prints problems. Returns 0 if there are none; 1 if
 * there are some; ERR_CREATE if it failed, see follower_wait.
 */
int follower_verify_rrd(const char *config, struct err *e);

#endif
