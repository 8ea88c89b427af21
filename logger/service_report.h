/*
 * Reports on the state of the service: to p1web, with each reading and after
 * ten seconds without one, and to systemd in one line (`systemctl status`).
 */
#ifndef LOGGER_SERVICE_REPORT_H
#define LOGGER_SERVICE_REPORT_H

#include "base/clock.h"
#include "base/pollable.h"
#include "forward/outputs.h"
#include "forward/service_state.h"
#include "logger/store.h"

enum { SERVICE_REPORT_RECENT = 64 };

struct service_report {
	struct outputs *forward;
	const struct clock *clock;
	struct service_state state;
	int64_t came_ms[SERVICE_REPORT_RECENT]; /* the last telegrams, a ring */
	size_t came;				/* how many in total */
	int64_t due_ms;
	int64_t held; /* journal_held when state.held was counted; -1: never */
	char told[SERVICE_STATE_LINE]; /* to systemd */
};

/*
 * Start with the port of the settings, "" if it is searched for. All are
 * borrowed, and *r must not move.
 */
void service_report_begin(struct service_report *r, struct outputs *forward,
			  const struct clock *clock, const char *port);

/* A telegram arrived from this port, or was refused, or the port was lost. */
void service_report_telegram(struct service_report *r, const char *port);
void service_report_refused(struct service_report *r, enum refusal why);
void service_report_lost(struct service_report *r);

/* A commit has ended: `stuck` if the rows could not be written. */
void service_report_commit(struct service_report *r, const struct store *k,
			   bool stuck);

/* For loop_add: reports the state when it is due. */
struct pollable service_report_pollable(struct service_report *r);

#endif
