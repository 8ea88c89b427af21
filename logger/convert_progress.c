#include "logger/convert_progress.h"

#include <poll.h>
#include <unistd.h>

#include "logger/systemd_notify.h"

enum { LINE_MS = 10000 };

static void log_part(struct convert_progress *c, int64_t done, int64_t of)
{
	int64_t now = clock_monotonic_ms(c->o->clock);

	if (now < c->due_ms)
		return;
	systemd_notify_busy();
	if (c->due_ms != 0 && c->o->log != NULL && !c->bar.shown)
		log_line(c->o->log, LOG_LEVEL_NOTICE, "%s: converted %d %%",
			 c->o->database, progress_bar_percent(done, of));
	c->due_ms = now + LINE_MS;
}

/* Stop on any signal, as while waiting for the lock. */
static int turn(void *ctx, int64_t done, int64_t of)
{
	struct convert_progress *c = ctx;
	struct pollfd signals = { .fd = c->o->signals, .events = POLLIN };

	if (isatty(STDERR_FILENO) == 1)
		progress_bar_part(&c->bar, c->o->clock, "converting", done, of);
	log_part(c, done, of);
	return poll(&signals, 1, 0) > 0;
}

static void say(void *ctx, const char *sentence)
{
	struct convert_progress *c = ctx;

	progress_bar_clear(&c->bar);
	if (c->o->log != NULL)
		log_line(c->o->log, LOG_LEVEL_NOTICE, "%s", sentence);
}

struct progress_watch convert_progress_watch(struct convert_progress *c,
					     const struct store_options *o)
{
	*c = (struct convert_progress){ .o = o };
	return (struct progress_watch){ turn, say, c };
}
