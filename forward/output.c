#include "forward/output.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>

#include "base/utc.h"

void *output_alloc(size_t size, struct err *e)
{
	void *self = calloc(1, size);

	if (self == NULL)
		err_memory(e);
	return self;
}

bool output_trouble(struct output *o, const char *fmt, ...)
{
	int64_t n = log_burst_count(&o->burst, clock_monotonic_ms(o->clock),
				    HOUR_MS);
	char text[480];
	va_list ap;

	if (n == 0)
		return false;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n == 1)
		log_line(o->log, LOG_LEVEL_WARNING, "%s: %s", o->ops->name,
			 text);
	else
		log_line(o->log, LOG_LEVEL_WARNING,
			 "%s: %s (%" PRId64 " times in the last hour)",
			 o->ops->name, text, n);
	return true;
}

bool output_watch(struct output *o, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = o };

	return epoll_ctl(o->watch, EPOLL_CTL_ADD, fd, &event) == 0;
}

void output_unwatch(struct output *o, int fd)
{
	epoll_ctl(o->watch, EPOLL_CTL_DEL, fd, NULL);
}

bool pace_due(struct pace *p, int64_t utc)
{
	int64_t slot = p->interval_s > 0 ? utc / p->interval_s : utc;

	if (p->interval_s > 0 && p->begun && slot == p->slot)
		return false;
	p->begun = true;
	p->slot = slot;
	return true;
}
