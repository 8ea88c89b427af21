#include "logger/followers_after_commit.h"

#include "base/utc.h"
#include "logger/follower_processes.h"

static void log_error(struct followers_after_commit *f, struct follower_run *r,
		      const struct err *e)
{
	if (log_burst_count(&r->burst, clock_monotonic_ms(f->o->clock),
			    HOUR_MS) > 0)
		log_line(f->log, LOG_LEVEL_ERROR, "%s", e->text);
}

static void start(struct followers_after_commit *f, enum follower which)
{
	const struct follow_options *o = &f->o->follow[which];
	struct follower_run *r = &f->of[which];
	struct err e = { 0 };
	pid_t pid;

	r->again = r->pid != 0;
	if (!o->on || r->pid != 0)
		return;
	r->behind = false;
	r->due_ms = clock_monotonic_ms(f->o->clock) + o->every_s * 1000;
	pid = follower_start(which, f->o->config, &e);
	if (pid > 0)
		r->pid = pid;
	else
		log_error(f, r, &e);
}

void followers_after_commit_start(struct followers_after_commit *f)
{
	for (int i = 0; i < FOLLOWERS; i++) {
		f->of[i].behind = true;
		if (clock_monotonic_ms(f->o->clock) >= f->of[i].due_ms)
			start(f, (enum follower)i);
	}
}

static void reap(struct followers_after_commit *f, enum follower which,
		 long wait_ms)
{
	struct follower_run *r = &f->of[which];
	struct err e = { 0 };
	int rc;

	if (r->pid == 0)
		return;
	rc = follower_wait(which, r->pid, wait_ms, &e);
	if (rc == 0)
		return;
	r->pid = 0;
	/* Without a text, it has logged the error itself. */
	if (rc < 0 && e.text[0] != '\0')
		log_error(f, r, &e);
	if (r->again)
		start(f, which);
}

void followers_after_commit_reap(struct followers_after_commit *f)
{
	for (int i = 0; i < FOLLOWERS; i++)
		reap(f, (enum follower)i, 0);
}

void followers_after_commit_finish(struct followers_after_commit *f)
{
	for (int i = 0; i < FOLLOWERS; i++) {
		if (!follower_is_awaited((enum follower)i))
			continue;
		if (f->of[i].behind)
			start(f, (enum follower)i);
		reap(f, (enum follower)i, FOLLOWER_COMMIT_MS);
		reap(f, (enum follower)i, FOLLOWER_COMMIT_MS);
	}
}
