#include "logger/rrd_follower.h"

#include "base/utc.h"
#include "logger/rrd_child.h"

static void log_error(struct rrd_follower *f, const struct err *e)
{
	if (log_burst_count(&f->burst, clock_monotonic_ms(f->o->clock),
			    HOUR_MS) > 0)
		log_line(f->log, LOG_LEVEL_ERROR, "%s", e->text);
}

void rrd_follower_start(struct rrd_follower *f)
{
	struct err e = { 0 };
	pid_t pid;

	f->again = f->pid != 0;
	if (!f->o->follow || f->pid != 0)
		return;
	pid = rrd_child_start(f->o->config, &e);
	if (pid > 0)
		f->pid = pid;
	else
		log_error(f, &e);
}

void rrd_follower_reap(struct rrd_follower *f, long wait_ms)
{
	struct err e = { 0 };
	int rc;

	if (f->pid == 0)
		return;
	rc = rrd_child_wait(f->pid, wait_ms, &e);
	if (rc == 0)
		return;
	f->pid = 0;
	/* Without a text, p1rrd has logged the error itself. */
	if (rc < 0 && e.text[0] != '\0')
		log_error(f, &e);
	if (f->again)
		rrd_follower_start(f);
}
