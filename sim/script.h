/*
 * The course of a simulation: times of telegrams, gaps and meter replacements.
 */
#ifndef SIM_SCRIPT_H
#define SIM_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "sim/meter.h"

enum { SCRIPT_EVENTS = 64 };

enum happening {
	HAPPENS_SWAP,	  /* a new electricity meter */
	HAPPENS_GAS_SWAP, /* a new gas meter */
	HAPPENS_GAP,	  /* a gap: nothing is sent */
};

struct script_event {
	enum happening what;
	int64_t at;	     /* UTC */
	int64_t until;	     /* HAPPENS_GAP: first instant after it */
	char id[DISPLAY_ID]; /* swaps: plain text; "" makes one up */
};

struct script {
	struct sim_meter_options meter;
	int interval;	  /* seconds */
	int64_t count;	  /* telegrams; -1: no end */
	int64_t duration; /* seconds; -1: no end */
	int events;	  /* chronological after script_begin */
	struct script_event event[SCRIPT_EVENTS];
	/* state of script_next */
	int64_t sent, next;
	int done;
};

/*
 * Add "STAMP", "STAMP=ID" (swaps) or "STAMP+DURATION" (a gap). ERR_USAGE says
 * what is wrong.
 */
int script_add(struct script *s, enum happening what, const char *text,
	       struct err *e);

/* Read "import_t1=1234.567": initial value of a counter, in kWh, m3 or GJ. */
int script_initial(struct script *s, const char *text, struct err *e);

/* Prepare to run: call once, after everything is set. */
void script_begin(struct script *s);

/*
 * Simulate the meter until the next telegram is due, at *utc. False: there are
 * no more.
 */
bool script_next(struct script *s, struct sim_meter *m, int64_t *utc);

/*
 * "2025-01-01T00:00:00Z", or "2025-01-01" for the first second of that UTC day.
 */
bool script_time(const char *text, int64_t *out);

/* "1y", "30d", "6h", "15m", "90s", "90" in seconds; a year has 365 days. */
bool script_duration(const char *text, int64_t *out);

#endif
