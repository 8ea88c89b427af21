#include "logger/once.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/print.h"
#include "base/utc.h"
#include "logger/choose_reading_time.h"
#include "logger/follower_processes.h"
#include "logger/ingest.h"
#include "logger/loop.h"
#include "logger/port/find_ports.h"
#include "logger/port/holder.h"
#include "logger/port/speeds.h"
#include "logger/refusal_counts.h"
#include "logger/thin_readings.h"

enum { SEND_MS = 600 }; /* longest wait for forwarding */

struct once {
	const struct once_options *o;
	const struct log *log;
	struct loop loop;
	struct outputs *forward;
	struct store store;
	struct port_state state;
	struct timestamper timestamper;
	struct ingest ingest;
	bool timed;	       /* the telegram has a time */
	struct err held;       /* set: the electricity counters are held */
	struct listener *port; /* source of the telegram */
	struct refusal_counts refused;
	size_t lost; /* ports that will never deliver */
};

/* Bytes arrived, but no telegram. */
static int no_telegram(const struct once *w, const struct listener *l,
		       struct err *e)
{
	char why[REFUSAL_COUNTS_TEXT];

	if (refusal_counts_sum(&w->refused) > 0)
		return err_set(
			e, ERR_FORMAT,
			"no valid telegram from %s: "
			"refused %" PRId64 ": %s; p1logger --discover says why",
			listener_name(l), refusal_counts_sum(&w->refused),
			refusal_counts_text(why, &w->refused));
	return err_set(e, ERR_FORMAT,
		       "no telegram in the %" PRId64
		       " bytes from %s: is it a P1 port, with a P1 cable? "
		       "p1logger --discover examines the port",
		       listener_bytes(l), listener_name(l));
}

/* Add what to do about a port that could not be opened. */
static int say_trouble(const struct listener *l, struct err *e)
{
	bool network = strncmp(listener_name(l), "tcp://", 6) == 0;

	*e = *listener_trouble(l);
	if (e->code != ERR_ABSENT)
		return e->code;
	return err_after(e, network ? "check host and port number, and that "
				      "the P1 adapter is on; p1logger "
				      "--discover examines the port"
				    : "plug in the cable, or set [meter] port; "
				      "p1logger --discover finds it");
}

/* Time is up: report the most promising port's problem. */
static int gave_up(const struct once *w, struct err *e)
{
	const struct listener *best = w->loop.port[0];

	for (size_t i = 1; i < w->loop.ports; i++)
		if (listener_bytes(w->loop.port[i]) > listener_bytes(best))
			best = w->loop.port[i];
	if (w->port != NULL)
		return err_set(e, ERR_FORMAT,
			       "%s: a telegram arrived, but no second one to "
			       "confirm it (it has no CRC)",
			       listener_name(w->port));
	if (listener_bytes(best) > 0)
		return no_telegram(w, best, e);
	if (listener_trouble(best)->code != ERR_NONE)
		return say_trouble(best, e);
	return err_set(e, ERR_BUSY,
		       "%s was silent for %lld s: is the cable in the meter's "
		       "P1 port, and is the port enabled? p1logger --discover "
		       "examines the port",
		       listener_name(best), (long long)w->o->wait_s);
}

static int listen(struct once *w, struct err *e)
{
	char path[STORE_PATH];

	port_state_load(&w->state,
			store_beside(path, w->o->store.database, ".port"));
	w->loop.clock = w->o->store.clock;
	w->loop.signals = -1;
	w->forward =
		outputs_open(w->o->forward, w->loop.clock, w->log, true, e);
	if (w->forward == NULL)
		return e->code;
	loop_add(&w->loop, outputs_pollable(w->forward));
	w->loop.how = utc_offset_use(&w->state.offset, &w->o->how);
	if (loop_listen(&w->loop, w->o->port, &w->state, e) < 0)
		return e->code;
	if (w->loop.ports == 0)
		return err_set(e, ERR_ABSENT,
			       "no P1 cable found: there is no " FIND_WHERE
			       "; plug it in, or set [meter] port");
	return 0;
}

/* Remember port and speed for the next run. */
static void remember(const struct once *w, const struct listener *l)
{
	struct port_state now = { .speed = listener_speed(l),
				  .offset = w->state.offset };
	char path[STORE_PATH];
	struct err e;

	if (strcmp(listener_name(l), "-") == 0 || !listener_live(l))
		return;
	strncat(now.port, listener_name(l), sizeof(now.port) - 1);
	store_beside(path, w->o->store.database, ".port");
	if (port_state_save(&now, path, &e) < 0)
		log_line(w->log, LOG_LEVEL_DEBUG, "%s", e.text);
}

/* Detect the offset of the meter's clock over several runs. */
static void compare_clocks(struct once *w, const struct timestamper *s,
			   const struct reading *r, const struct listener *l)
{
	if (strcmp(w->state.port, listener_name(l)) != 0)
		w->state.offset = (struct utc_offset){ 0 };
	if (!w->o->how.base_known && timestamp_offset(s, r, &w->state.offset))
		log_line(w->log, LOG_LEVEL_DEBUG,
			 "the meter's winter time is "
			 "%+g h from UTC",
			 w->state.offset.base / (double)HOUR_S);
}

/* A reading was taken: it waits for the commit. */
static bool done(const struct once *w)
{
	return w->ingest.taken > 0;
}

static int take(struct once *w, struct loop_turn *turn, struct err *e)
{
	w->port = turn->port;
	timestamp_begin(&w->timestamper,
			listener_live(turn->port) ? w->loop.clock : NULL);
	w->timed = timestamp_reading(&w->timestamper, &turn->reading);
	w->ingest.timestamper =
		listener_live(turn->port) ? &w->timestamper : NULL;
	compare_clocks(w, &w->timestamper, &turn->reading, turn->port);
	return ingest_reading(&w->ingest, &turn->reading, e);
}

/* Waiting is useless: no port could be opened, or the file ended. */
static bool hopeless(struct once *w, const struct loop_turn *turn)
{
	if (turn->what == NEXT_ENDED || !listener_opened(turn->port))
		w->lost++;
	return w->lost == w->loop.ports;
}

/* The source ended: if it is a file, use what it has. */
static int on_end(struct once *w, struct loop_turn *turn, struct err *e)
{
	if (turn->what == NEXT_ENDED && ingest_end(&w->ingest, e) < 0)
		return e->code;
	return done(w) || !hopeless(w, turn) ? 0 : gave_up(w, e);
}

/*
 * Wait for a telegram that the journal has judged. Returns 0 or a negative
 * code.
 */
static int wait_for_one(struct once *w, struct err *e)
{
	int64_t until = clock_monotonic_ms(w->loop.clock) + w->o->wait_s * 1000;
	struct loop_turn turn;
	int rc = 0;

	while (rc == 0 && !done(w)) {
		rc = loop_next(&w->loop, until, &turn, e);
		if (rc < 0)
			break;
		if (turn.what == NEXT_READING)
			rc = take(w, &turn, e);
		else if (turn.what == NEXT_REFUSED)
			w->refused.of[turn.why]++;
		else if (turn.what == NEXT_LOST || turn.what == NEXT_ENDED)
			rc = on_end(w, &turn, e);
		else if (turn.what == NEXT_DUE)
			rc = gave_up(w, e);
	}
	return rc;
}

/* Thin some old readings in each run. */
static void thin(struct once *w)
{
	struct thin_readings t;

	thin_readings_begin(&t, &w->store, w->log, false);
	thin_readings_piece(&t);
}

static int store(struct once *w, struct err *e)
{
	int rows = store_commit(&w->store, e);
	int64_t electricity;

	if (rows < 0)
		return rows;
	log_line(w->log, LOG_LEVEL_DEBUG, "%s at %s: %d new %s",
		 listener_name(w->port), speeds[listener_speed(w->port)].name,
		 rows, print_noun(rows, "row", "rows"));
	journal_held(w->store.journal, &electricity);
	if (electricity > 0)
		err_set(&w->held, ERR_FORMAT,
			"%s: the electricity counters are held; "
			"p1logger --quarantine says why",
			listener_name(w->port));
	if (!w->timed)
		return err_set(e, ERR_FORMAT,
			       "%s: its telegram has no time, and --once "
			       "cannot add one: use --import with --time-from",
			       listener_name(w->port));
	remember(w, w->port);
	return 0;
}

/* The rest of the telegram is stored, but the user must be told. */
static int report_held(const struct once *w, struct err *e)
{
	if (w->held.code < 0)
		*e = w->held;
	return w->held.code;
}

/* A person at a terminal may wonder why nothing was stored. */
static void say_service(const struct once *w)
{
	char path[STORE_PATH], by[HOLDER_TEXT];

	if (!holder_of_lock(store_beside(path, w->o->store.database, ".lock"),
			    by))
		snprintf(by, sizeof(by), "p1logger");
	log_line(w->log, store_news(&w->o->store),
		 "the service (%s) is running and stores the readings: --once "
		 "is not needed; journalctl -u p1logger shows its log",
		 by);
}

int once_run(const struct once_options *o, const struct log *log, struct err *e)
{
	struct once w = { .o = o, .log = log };
	int rc = store_open(&w.store, &o->store, o->wait_s, true, e);
	bool yielded = rc == 0;

	if (yielded)
		say_service(&w);
	w.ingest.store = &w.store;
	if (rc > 0 && (rc = listen(&w, e)) == 0) {
		w.ingest.forward = w.forward;
		rc = wait_for_one(&w, e);
	}
	if (rc == 0 && !yielded)
		rc = store(&w, e);
	if (rc == 0 && !yielded)
		today_totals_send(w.forward, &o->store, &o->today, log);
	outputs_finish(w.forward, SEND_MS);
	if (rc == 0 && !yielded)
		thin(&w);
	outputs_close(w.forward);
	loop_close(&w.loop);
	ingest_close(&w.ingest);
	store_close(&w.store);
	if (rc != 0 || yielded)
		return rc;
	rc = followers_run(&o->store, FOLLOWER_COMMIT_MS, e);
	return rc < 0 ? rc : report_held(&w, e);
}
