#include "logger/p1rrd_after_commit.h"

#include "base/utc.h"
#include "logger/p1rrd_process.h"

static void log_error(struct p1rrd_after_commit *f, const struct err *e)
{
	if (log_burst_count(&f->burst, clock_monotonic_ms(f->o->clock),
			    HOUR_MS) > 0)
		log_line(f->log, LOG_LEVEL_ERROR, "%s", e->text);
}

static void start(struct p1rrd_after_commit *f)
{
	struct err e = { 0 };
	pid_t pid;

	f->again = f->pid != 0;
	if (!f->o->follow || f->pid != 0)
		return;
	f->behind = false;
	f->due_ms = clock_monotonic_ms(f->o->clock) + f->o->follow_s * 1000;
	pid = p1rrd_process_start(f->o->config, &e);
	if (pid > 0)
		f->pid = pid;
	else
		log_error(f, &e);
}

void p1rrd_after_commit_start(struct p1rrd_after_commit *f)
{
	f->behind = true;
	if (clock_monotonic_ms(f->o->clock) >= f->due_ms)
		start(f);
}

static void reap(struct p1rrd_after_commit *f, long wait_ms)
{
	struct err e = { 0 };
	int rc;

	if (f->pid == 0)
		return;
	rc = p1rrd_process_wait(f->pid, wait_ms, &e);
	if (rc == 0)
		return;
	f->pid = 0;
	/* Without a text, p1rrd has logged the error itself. */
	if (rc < 0 && e.text[0] != '\0')
		log_error(f, &e);
	if (f->again)
		start(f);
}

void p1rrd_after_commit_reap(struct p1rrd_after_commit *f)
{
	reap(f, 0);
}

void p1rrd_after_commit_finish(struct p1rrd_after_commit *f)
{
	if (f->behind)
		start(f);
	reap(f, P1RRD_PROCESS_COMMIT_MS);
	reap(f, P1RRD_PROCESS_COMMIT_MS);
}
