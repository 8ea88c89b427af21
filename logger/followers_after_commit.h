/*
 * Run the followers beside the service: start each after a commit, but not more
 * often than its settings say; run one of each at a time and never wait for it.
 * Their failures are logged, at most once an hour.
 */
#ifndef LOGGER_FOLLOWERS_AFTER_COMMIT_H
#define LOGGER_FOLLOWERS_AFTER_COMMIT_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/log.h"
#include "logger/store_options.h"

struct followers_after_commit {
	const struct store_options *o; /* borrowed, like the log */
	const struct log *log;
	struct follower_run {
		pid_t pid;	/* 0: not running */
		bool again;	/* there was a commit while it ran */
		bool behind;	/* there was a commit since it was started */
		int64_t due_ms; /* not to be started before, monotonic clock */
		struct log_burst burst;
	} of[FOLLOWERS];
};

/*
 * Call after a commit: start each follower whose last start was long enough
 * ago; if it still runs, start it again after it has ended.
 */
void followers_after_commit_start(struct followers_after_commit *f);

/* Call after SIGCHLD. */
void followers_after_commit_reap(struct followers_after_commit *f);

/*
 * Call at the end: start those that are awaited if there was a commit since
 * they were started, and wait a bounded time for them to end. The others go on
 * by themselves, now and when p1logger runs next.
 */
void followers_after_commit_finish(struct followers_after_commit *f);

#endif
