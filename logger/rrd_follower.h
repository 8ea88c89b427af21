/*
 * p1rrd beside the service: started after a commit, one at a time, never waited
 * for. Its failures are logged, at most once an hour.
 */
#ifndef LOGGER_RRD_FOLLOWER_H
#define LOGGER_RRD_FOLLOWER_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/log.h"
#include "logger/store_options.h"

struct rrd_follower {
	const struct store_options *o; /* borrowed, like the log */
	const struct log *log;
	pid_t pid;  /* 0: not running */
	bool again; /* a commit came while it ran */
	struct log_burst burst;
};

/* Call after a commit: start p1rrd, or start it again after it has ended. */
void rrd_follower_start(struct rrd_follower *f);

/* Call after SIGCHLD, and at the end: wait at most wait_ms for it to end. */
void rrd_follower_reap(struct rrd_follower *f, long wait_ms);

#endif
