#include "logger/service.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>

#include "base/process.h"
#include "base/utc.h"
#include "logger/choose_reading_time.h"
#include "logger/commit_schedule.h"
#include "logger/follower_processes.h"
#include "logger/followers_after_commit.h"
#include "logger/ingest.h"
#include "logger/loop.h"
#include "logger/port/find_ports.h"
#include "logger/refusal_counts.h"
#include "logger/service_report.h"
#include "logger/status_log.h"
#include "logger/systemd_notify.h"
#include "logger/thin_readings.h"

enum { SEARCH_MS = 5000 }; /* interval of searching for a cable */

struct service {
	const struct service_options *o;
	const struct log *log;
	struct loop loop;
	struct outputs *forward;
	struct requests *requests; /* NULL if none are taken */
	struct store store;
	struct commit_schedule writer;
	struct thin_readings thin;
	struct port_state state;
	struct timestamper timestamper;
	struct ingest ingest;
	bool searching;	   /* several ports found, none has delivered yet */
	size_t mute;	   /* how many of these are lost */
	int64_t lost_ms;   /* monotonic time when it was lost; 0: it is not */
	int64_t search_ms; /* next search for a cable; 0: never */
	int64_t heartbeat_ms; /* next message to systemd's watchdog; 0: never */
	struct followers_after_commit followers;
	struct service_report report;
	struct refusal_counts refused; /* not yet logged */
	struct log_burst refused_burst;
	struct status_log status;
	bool reload; /* as soon as everything is written */
	int end;     /* a service_end, or -1: continue */
};

static int64_t now_ms(const struct service *s)
{
	return clock_monotonic_ms(s->loop.clock);
}

/* Schedule another search while no port has delivered anything. */
static void note_search(struct service *s)
{
	s->search_ms = now_ms(s) + SEARCH_MS;
	if (s->loop.ports > 0 || s->lost_ms != 0)
		return;
	s->lost_ms = now_ms(s);
	log_line(s->log, LOG_LEVEL_WARNING,
		 "no P1 cable found: there is no " FIND_WHERE
		 "; still looking");
}

static int listen(struct service *s, struct err *e)
{
	if (loop_listen(&s->loop, s->o->port, &s->state, e) < 0)
		return e->code;
	s->searching = s->o->port[0] == '\0';
	s->mute = 0;
	if (s->searching)
		note_search(s);
	return 0;
}

static int search(struct service *s, struct err *e)
{
	if (loop_search(&s->loop, &s->state, e) < 0)
		return e->code;
	note_search(s);
	return 0;
}

static void note_written(struct service *s)
{
	followers_after_commit_start(&s->followers);
	status_log_journal(&s->status, s->store.journal, s->store.o->database,
			   now_ms(s));
}

/*
 * Write pending rows. If that fails, they stay pending, and a reload is
 * postponed.
 */
static int commit(struct service *s, struct err *e)
{
	int rows = commit_schedule_write(&s->writer, e);

	if (rows == ERR_DAMAGED || s->store.journal == NULL)
		return rows;
	service_report_commit(&s->report, &s->store, s->writer.stuck_ms != 0);
	if (rows > 0) {
		note_written(s);
		today_totals_send(s->forward, s->store.o, &s->o->today, s->log);
		thin_readings_piece(&s->thin);
		process_trim_memory();
	}
	if (s->reload && journal_waiting(s->store.journal) == 0)
		s->end = SERVICE_RELOAD;
	return 0;
}

static void save_state(const struct service *s)
{
	char path[STORE_PATH];
	struct err e = { 0 };

	store_beside(path, s->o->store.database, ".port");
	if (port_state_save(&s->state, path, &e) < 0)
		log_line(s->log, LOG_LEVEL_WARNING, "%s", e.text);
}

/* The port delivers: remember it, and log its recovery. */
static void note_heard(struct service *s, const struct listener *l)
{
	if (s->searching)
		loop_keep(&s->loop, l);
	if (s->lost_ms != 0)
		log_line(s->log, LOG_LEVEL_NOTICE,
			 "%s is back after %" PRId64 " s", listener_name(l),
			 (now_ms(s) - s->lost_ms) / 1000);
	s->searching = false;
	s->search_ms = 0;
	s->lost_ms = 0;
	if (strcmp(s->state.port, listener_name(l)) == 0 &&
	    s->state.speed == listener_speed(l))
		return;
	if (strcmp(s->state.port, listener_name(l)) != 0)
		s->state = (struct port_state){ 0 };
	s->state.speed = listener_speed(l);
	snprintf(s->state.port, sizeof(s->state.port), "%s", listener_name(l));
	log_line(s->log, LOG_LEVEL_NOTICE, "reading %s", listener_name(l));
	save_state(s);
}

/* Is the meter in another country than assumed so far? */
static bool compare_clocks(struct service *s, const struct reading *r)
{
	struct reader_options how;

	if (s->o->how.base_known ||
	    !timestamp_offset(&s->timestamper, r, &s->state.offset))
		return false;
	how = utc_offset_use(&s->state.offset, &s->o->how);
	loop_set(&s->loop, &how);
	log_line(s->log, LOG_LEVEL_NOTICE,
		 "the meter's winter time is %+g h "
		 "from UTC, by this machine's clock",
		 how.base / (double)HOUR_S);
	save_state(s);
	return true;
}

static void count_refused(struct service *s, enum refusal why)
{
	s->refused.of[why]++;
	service_report_refused(&s->report, why);
}

static int on_reading(struct service *s, struct loop_turn *turn, struct err *e)
{
	bool live = listener_live(turn->port);

	service_report_telegram(&s->report, listener_name(turn->port));
	s->timestamper.clock = live ? s->loop.clock : NULL;
	if (!timestamp_reading(&s->timestamper, &turn->reading))
		count_refused(s, REFUSED_NO_TIME);
	s->ingest.forward = s->forward;
	journal_heard(s->store.journal, live, now_ms(s) / 1000);
	s->ingest.timestamper = live ? &s->timestamper : NULL;
	if (ingest_reading(&s->ingest, &turn->reading, e) < 0)
		return e->code;
	note_heard(s, turn->port);
	if (!compare_clocks(s, &turn->reading))
		status_log_clock(&s->status, &s->timestamper,
				 s->state.offset.suspected, now_ms(s));
	status_log_journal(&s->status, s->store.journal, s->store.o->database,
			   now_ms(s));
	if (commit_schedule_eager(&s->writer) ||
	    (s->writer.stuck_ms == 0 && (journal_urgent(s->store.journal) ||
					 journal_full(s->store.journal))))
		return commit(s, e);
	return 0;
}

/* Fragments before the first telegram are not reported. */
static int on_refused(struct service *s, struct loop_turn *turn, struct err *e)
{
	char why[REFUSAL_COUNTS_TEXT];
	int64_t n;

	(void)e;
	if (!listener_proven(turn->port))
		return 0;
	count_refused(s, turn->why);
	outputs_state(s->forward);
	n = log_burst_count(&s->refused_burst, now_ms(s), HOUR_MS);
	if (n == 0)
		return 0;
	refusal_counts_text(why, &s->refused);
	if (n == 1)
		log_line(s->log, LOG_LEVEL_WARNING,
			 "a telegram was refused: %s", why);
	else
		log_line(s->log, LOG_LEVEL_WARNING,
			 "%" PRId64 " telegrams "
			 "refused in the last hour: %s",
			 n, why);
	s->refused = (struct refusal_counts){ 0 };
	return 0;
}

static int on_lost(struct service *s, struct loop_turn *turn, struct err *e)
{
	const char *why = listener_trouble(turn->port)->text;

	if (s->searching && ++s->mute < s->loop.ports) {
		log_line(s->log, LOG_LEVEL_DEBUG, "%s", why);
		return 0;
	}
	if (s->lost_ms == 0) {
		s->lost_ms = now_ms(s);
		service_report_lost(&s->report);
		log_line(s->log, LOG_LEVEL_WARNING, "%s; retrying", why);
	}
	return s->searching || s->o->port[0] != '\0' ? 0 : listen(s, e);
}

static int on_ended(struct service *s, struct loop_turn *turn, struct err *e)
{
	int rc = ingest_end(&s->ingest, e);

	s->end = SERVICE_STOPPED;
	if (rc == 0)
		*e = *listener_trouble(turn->port);
	return e->code;
}

static int on_signal(struct service *s, struct loop_turn *turn, struct err *e)
{
	if (turn->signal == SIGCHLD) {
		followers_after_commit_reap(&s->followers);
		requests_child_ended(s->requests);
	} else if (turn->signal == SIGHUP) {
		s->reload = true;
		return commit(s, e);
	} else {
		s->end = SERVICE_STOPPED;
	}
	return 0;
}

static int on_due(struct service *s, struct loop_turn *turn, struct err *e)
{
	int64_t now = now_ms(s);

	(void)turn;
	if (s->heartbeat_ms != 0 && now >= s->heartbeat_ms) {
		systemd_notify_alive();
		s->heartbeat_ms = now + systemd_notify_period_ms();
	}
	if (s->writer.due_ms != 0 && now >= s->writer.due_ms &&
	    commit(s, e) < 0)
		return e->code;
	if (s->search_ms != 0 && now >= s->search_ms)
		return search(s, e);
	return 0;
}

static int64_t next_due(const struct service *s)
{
	const int64_t dues[] = { s->heartbeat_ms, s->writer.due_ms,
				 s->search_ms };
	int64_t due = INT64_MAX;

	for (size_t i = 0; i < sizeof(dues) / sizeof(dues[0]); i++)
		if (dues[i] != 0 && dues[i] < due)
			due = dues[i];
	return due;
}

static int run(struct service *s, struct err *e)
{
	static int (*const handlers[])(struct service *, struct loop_turn *,
				       struct err *) = {
		[NEXT_READING] = on_reading, [NEXT_REFUSED] = on_refused,
		[NEXT_LOST] = on_lost,	     [NEXT_ENDED] = on_ended,
		[NEXT_SIGNAL] = on_signal,   [NEXT_DUE] = on_due,
	};
	struct loop_turn turn;
	int rc = 0;

	while (rc == 0 && s->end < 0) {
		rc = loop_next(&s->loop, next_due(s), &turn, e);
		if (rc == 0)
			rc = handlers[turn.what](s, &turn, e);
	}
	return rc;
}

/* Without it everything else still works. */
static void take_requests(struct service *s)
{
	struct err e = { 0 };

	if (s->o->requests.socket[0] == '\0')
		return;
	s->requests = requests_open(&s->o->requests, &e);
	if (s->requests == NULL)
		log_line(s->log, LOG_LEVEL_WARNING,
			 "backup requests are not accepted: %s", e.text);
	else
		loop_add(&s->loop, requests_pollable(s->requests));
}

static int begin(struct service *s, struct err *e)
{
	const struct store_options *k = &s->o->store;
	char path[STORE_PATH];
	int64_t period = systemd_notify_period_ms();

	s->loop.clock = k->clock;
	s->loop.signals = k->signals;
	if (store_open(&s->store, k, s->o->wait_s, false, e) < 0)
		return e->code;
	commit_schedule_begin(&s->writer, &s->store, k->clock, s->log);
	thin_readings_begin(&s->thin, &s->store, s->log, true);
	port_state_load(&s->state, store_beside(path, k->database, ".port"));
	s->loop.how = utc_offset_use(&s->state.offset, &s->o->how);
	s->ingest.store = &s->store;
	timestamp_begin(&s->timestamper, k->clock);
	s->forward = outputs_open(s->o->forward, k->clock, s->log, false, e);
	if (s->forward == NULL)
		return e->code;
	service_report_begin(&s->report, s->forward, k->clock, s->o->port);
	loop_add(&s->loop, outputs_pollable(s->forward));
	loop_add(&s->loop, service_report_pollable(&s->report));
	if (listen(s, e) < 0)
		return e->code;
	take_requests(s);
	s->heartbeat_ms = period > 0 ? now_ms(s) + period : 0;
	log_line(s->log, LOG_LEVEL_NOTICE, "started: reading from %s into %s",
		 s->o->port[0] != '\0' ? s->o->port
				       : "the first port with telegrams",
		 k->database);
	systemd_notify_ready();
	return 0;
}

/* Write everything if possible; an earlier error takes precedence. */
static int finish(struct service *s, int rc, struct err *e)
{
	struct err last = { 0 };
	bool can = s->store.journal != NULL && s->store.damage.code == ERR_NONE;
	int rows = can ? commit_schedule_finish(&s->writer, &last) : 0;

	if (rows > 0)
		note_written(s);
	followers_after_commit_finish(&s->followers);
	if (rows < 0 && rc == 0) {
		*e = last;
		rc = e->code;
	}
	return rc;
}

int service_run(const struct service_options *o, const struct log *log,
		struct err *e)
{
	struct service s = { .o = o,
			     .log = log,
			     .followers = { .o = &o->store, .log = log },
			     .status = { .log = log, .also = o->store.also },
			     .end = -1 };
	int rc = begin(&s, e);

	if (rc == 0)
		rc = run(&s, e);
	if (s.end == SERVICE_RELOAD)
		systemd_notify_reloading();
	else
		systemd_notify_stopping();
	rc = finish(&s, rc, e);
	if (s.store.damage.code != ERR_NONE &&
	    store_set_aside(&s.store, e) == 0) {
		rc = 0; /* continue with another database */
		s.end = s.end < 0 ? SERVICE_RELOAD : s.end;
	}
	requests_close(s.requests);
	loop_close(&s.loop);
	outputs_close(s.forward);
	ingest_close(&s.ingest);
	store_close(&s.store);
	return rc < 0 ? rc : s.end;
}
