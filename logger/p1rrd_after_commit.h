/*
 * Run p1rrd beside the service: start it after a commit, but rarely, since each
 * run writes some pages of every RRD file; run one at a time and never wait for
 * it. Its failures are logged, at most once an hour.
 */
#ifndef LOGGER_P1RRD_AFTER_COMMIT_H
#define LOGGER_P1RRD_AFTER_COMMIT_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/log.h"
#include "logger/store_options.h"

struct p1rrd_after_commit {
	const struct store_options *o; /* borrowed, like the log */
	const struct log *log;
	pid_t pid;	/* 0: not running */
	bool again;	/* there was a commit while it ran */
	bool behind;	/* there was a commit since it was started */
	int64_t due_ms; /* not to be started before, monotonic clock */
	struct log_burst burst;
};

/*
 * Call after a commit: start p1rrd if the last start was o->follow_s ago; if it
 * still runs, start it again after it has ended.
 */
void p1rrd_after_commit_start(struct p1rrd_after_commit *f);

/* Call after SIGCHLD. */
void p1rrd_after_commit_reap(struct p1rrd_after_commit *f);

/*
 * Call at the end: start it if there was a commit since it was started. Wait a
 * bounded time for it to end.
 */
void p1rrd_after_commit_finish(struct p1rrd_after_commit *f);

#endif
