#include "forward/outputs.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "forward/output.h"
#include "telegram/json.h"

static const struct output_ops *const table[] = {
	&udp_json_ops,	  &udp_lines_ops,   &udp_values_ops, &mqtt_ops,
	&rebroadcast_ops, &daily_files_ops, &web_feed_ops,
};

enum { OUTPUTS = COUNT(table), STEP_MS = 10 };

struct outputs {
	const struct clock *clock;
	int watch; /* epoll; -1 if none */
	size_t n;
	struct output output[OUTPUTS];
	const struct service_state *state; /* NULL if none */
	char json[JSON_MAX];
};

static int open_output(struct output *o, const struct outputs_settings *s,
		       struct err *e)
{
	o->self = o->ops->open(o, s, e);
	return o->self == NULL ? err_section(e, o->ops->name) : 0;
}

int outputs_check(const struct outputs_settings *s, struct err *e)
{
	for (size_t i = 0; i < OUTPUTS; i++) {
		struct output o = { .ops = table[i], .watch = -1 };

		if (!o.ops->wanted(s))
			continue;
		if (open_output(&o, s, e) < 0)
			return e->code;
		o.ops->close(o.self);
	}
	return 0;
}

static int open_all(struct outputs *f, const struct output *pattern,
		    const struct outputs_settings *s, struct err *e)
{
	for (size_t i = 0; i < OUTPUTS; i++) {
		struct output *o = &f->output[f->n];

		if (!table[i]->wanted(s))
			continue;
		*o = *pattern;
		o->ops = table[i];
		if (open_output(o, s, e) < 0)
			return e->code;
		f->n++;
	}
	return 0;
}

static void tick(struct output *o, int64_t now_ms)
{
	if (o->ops->tick != NULL && now_ms >= o->due_ms)
		o->due_ms = o->ops->tick(o->self, now_ms);
}

static void start_all(struct outputs *f)
{
	for (size_t i = 0; i < f->n; i++) {
		struct output *o = &f->output[i];

		if (o->ops->start != NULL)
			o->ops->start(o->self);
		o->due_ms = o->ops->tick == NULL ? INT64_MAX : 0;
		tick(o, clock_monotonic_ms(f->clock));
	}
}

struct outputs *outputs_open(const struct outputs_settings *s,
			     const struct clock *clock, const struct log *log,
			     bool once, struct err *e)
{
	struct outputs *f = calloc(1, sizeof(*f));
	struct output pattern = { .clock = clock, .log = log, .once = once };

	if (f == NULL) {
		err_memory(e);
		return NULL;
	}
	f->clock = clock;
	pattern.watch = f->watch = epoll_create1(EPOLL_CLOEXEC);
	if (open_all(f, &pattern, s, e) < 0) {
		outputs_close(f);
		return NULL;
	}
	start_all(f);
	return f;
}

static void send(struct outputs *f, const struct reading *r, bool other)
{
	struct live live = { .reading = r,
			     .other = other,
			     .state = f != NULL ? f->state : NULL };

	if (f == NULL || f->n == 0)
		return;
	if (!other)
		live.json =
			(struct span){ f->json, json_reading(r, f->json,
							     sizeof(f->json)) };
	live.utc = r->time.kind == TIMESTAMP_UTC ? r->time.utc
						 : clock_utc(f->clock);
	live.now_ms = clock_monotonic_ms(f->clock);
	for (size_t i = 0; i < f->n; i++) {
		struct output *o = &f->output[i];

		if (!other || o->ops->telegrams)
			o->ops->reading(o->self, &live);
		tick(o, live.now_ms);
	}
}

void outputs_reading(struct outputs *f, const struct reading *r)
{
	send(f, r, false);
}

void outputs_telegram(struct outputs *f, const struct reading *r)
{
	send(f, r, true);
}

void outputs_use_state(struct outputs *f, const struct service_state *state)
{
	if (f != NULL)
		f->state = state;
}

void outputs_state(struct outputs *f)
{
	struct live live = { .state = f != NULL ? f->state : NULL };

	if (live.state == NULL)
		return;
	live.now_ms = clock_monotonic_ms(f->clock);
	for (size_t i = 0; i < f->n; i++)
		if (f->output[i].ops->state != NULL)
			f->output[i].ops->state(f->output[i].self, &live);
}

bool outputs_want_today(const struct outputs *f)
{
	for (size_t i = 0; f != NULL && i < f->n; i++)
		if (f->output[i].ops->today != NULL)
			return true;
	return false;
}

void outputs_today(struct outputs *f, const struct today *t)
{
	for (size_t i = 0; f != NULL && i < f->n; i++)
		if (f->output[i].ops->today != NULL)
			f->output[i].ops->today(f->output[i].self, t,
						clock_monotonic_ms(f->clock));
}

int outputs_disconnected(const struct outputs *f,
			 char buf[static OUTPUTS_NAMES])
{
	int n = 0;

	buf[0] = '\0';
	for (size_t i = 0; f != NULL && i < f->n; i++) {
		const struct output *o = &f->output[i];
		size_t at = strlen(buf);

		if (o->ops->connected == NULL || o->ops->connected(o->self))
			continue;
		snprintf(buf + at, OUTPUTS_NAMES - at, "%s%s",
			 n++ > 0 ? ", " : "", o->ops->name);
	}
	return n;
}

static struct pollfd to_poll(const void *context)
{
	const struct outputs *f = context;

	return (struct pollfd){ .fd = f == NULL || f->n == 0 ? -1 : f->watch,
				.events = POLLIN };
}

static void ready(struct outputs *f)
{
	struct epoll_event events[OUTPUTS];
	int n = epoll_wait(f->watch, events, OUTPUTS, 0);

	for (int i = 0; i < n; i++) {
		struct output *o = events[i].data.ptr;

		o->ops->ready(o->self);
	}
}

static int64_t due(const void *context)
{
	const struct outputs *f = context;
	int64_t due = INT64_MAX;

	for (size_t i = 0; f != NULL && i < f->n; i++)
		if (f->output[i].due_ms < due)
			due = f->output[i].due_ms;
	return due;
}

static void turn(void *context, short revents)
{
	struct outputs *f = context;

	if (revents != 0)
		ready(f);
	for (size_t i = 0; i < f->n; i++)
		tick(&f->output[i], clock_monotonic_ms(f->clock));
}

struct pollable outputs_pollable(struct outputs *f)
{
	return (struct pollable){ f, to_poll, due, turn };
}

static bool pending(const struct outputs *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->output[i].ops->pending != NULL &&
		    f->output[i].ops->pending(f->output[i].self))
			return true;
	return false;
}

void outputs_finish(struct outputs *f, long ms)
{
	int64_t until;

	if (f == NULL)
		return;
	until = clock_monotonic_ms(f->clock) + ms;
	turn(f, 0);
	while (pending(f) && clock_monotonic_ms(f->clock) < until) {
		struct pollfd fd = { .fd = f->watch, .events = POLLIN };

		turn(f, poll(&fd, 1, STEP_MS) > 0 ? POLLIN : 0);
	}
}

void outputs_close(struct outputs *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n; i++)
		f->output[i].ops->close(f->output[i].self);
	if (f->watch >= 0)
		close(f->watch);
	free(f);
}
