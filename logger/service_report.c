#include "logger/service_report.h"

#include <stdio.h>
#include <string.h>

#include "logger/systemd_notify.h"

enum {
	EVERY_MS = 10000,
	LATELY_MS = 60000, /* the rate is computed over this time */
};

static int64_t now_ms(const struct service_report *r)
{
	return clock_monotonic_ms(r->clock);
}

static int64_t came(const struct service_report *r, size_t n)
{
	return r->came_ms[n % SERVICE_REPORT_RECENT];
}

/*
 * The rate per 1000 s, between the first and the last telegram of the last
 * minute.
 */
static int64_t rate(const struct service_report *r)
{
	size_t first = r->came > SERVICE_REPORT_RECENT
			       ? r->came - SERVICE_REPORT_RECENT
			       : 0;
	int64_t ms;

	while (first < r->came && came(r, first) < now_ms(r) - LATELY_MS)
		first++;
	if (r->came - first < 2)
		return 0;
	ms = came(r, r->came - 1) - came(r, first);
	return ms > 0 ? (int64_t)(r->came - first - 1) * 1000000 / ms : 0;
}

static void update(struct service_report *r)
{
	char names[OUTPUTS_NAMES];

	r->state.rate = rate(r);
	outputs_disconnected(r->forward, names);
	snprintf(r->state.disconnected, sizeof(r->state.disconnected), "%s",
		 names);
}

static int64_t silent_ms(const struct service_report *r)
{
	return r->came > 0 ? now_ms(r) - came(r, r->came - 1) : -1;
}

static void tell_systemd(struct service_report *r)
{
	int64_t ms = silent_ms(r);
	char line[SERVICE_STATE_LINE];

	service_state_line(line, &r->state, ms < 0 ? -1 : ms / 1000);
	if (strcmp(line, r->told) == 0)
		return;
	memcpy(r->told, line, sizeof(line));
	systemd_notify_status(line);
}

void service_report_begin(struct service_report *r, struct outputs *forward,
			  const struct clock *clock, const char *port)
{
	*r = (struct service_report){ .forward = forward,
				      .clock = clock,
				      .held = -1 };
	snprintf(r->state.port, sizeof(r->state.port), "%s", port);
	r->due_ms = now_ms(r);
	outputs_use_state(forward, &r->state);
}

void service_report_telegram(struct service_report *r, const char *port)
{
	bool first = r->came == 0;

	r->state.counts.telegrams++;
	r->came_ms[r->came++ % SERVICE_REPORT_RECENT] = now_ms(r);
	snprintf(r->state.port, sizeof(r->state.port), "%s", port);
	if (r->state.lost || first)
		r->due_ms = 0;
	r->state.lost = false;
	update(r);
}

void service_report_refused(struct service_report *r, enum refusal why)
{
	r->state.counts.refused[why]++;
}

void service_report_lost(struct service_report *r)
{
	if (!r->state.lost)
		r->due_ms = 0;
	r->state.lost = true;
}

void service_report_commit(struct service_report *r, const struct store *k,
			   bool stuck)
{
	int64_t electricity, held = journal_held(k->journal, &electricity);
	struct err ignored;
	int64_t n;

	r->state.unwritten = stuck ? (int64_t)journal_waiting(k->journal) : 0;
	if (stuck || held == r->held)
		return;
	r->held = held;
	if (journal_count_held(k->journal, &n, &ignored) == 0)
		r->state.held = n;
}

static struct pollfd to_poll(const void *context)
{
	(void)context;
	return (struct pollfd){ .fd = -1 };
}

static int64_t due(const void *context)
{
	const struct service_report *r = context;

	return r->due_ms;
}

static void turn(void *context, short revents)
{
	struct service_report *r = context;
	int64_t silent = silent_ms(r);

	(void)revents;
	if (now_ms(r) < r->due_ms)
		return;
	update(r);
	tell_systemd(r);
	if (silent < 0 || silent >= EVERY_MS || r->state.lost)
		outputs_state(r->forward);
	r->due_ms = now_ms(r) + EVERY_MS;
}

struct pollable service_report_pollable(struct service_report *r)
{
	return (struct pollable){ r, to_poll, due, turn };
}
