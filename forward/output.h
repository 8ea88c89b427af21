/*
 * What all outputs of this room share: operations, clock, log. An output is one
 * file with one row of operations; outputs.c has the table.
 */
#ifndef FORWARD_OUTPUT_H
#define FORWARD_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "telegram/reading.h"

struct outputs_settings;
struct service_state;
struct today;

/* A reading being sent. Everything is borrowed for the call. */
struct live {
	const struct reading *reading;
	struct span json; /* the complete reading as one line, no newline */
	int64_t utc;	  /* the meter's time, else the machine's */
	int64_t now_ms;	  /* monotonic */
	bool other; /* from a meter that is not the house's: send at most the raw
		       telegram */
	const struct service_state *state; /* NULL if none */
};

struct output;

struct output_ops {
	const char *name; /* section of the settings: "udp_json" */
	bool telegrams;	  /* sends raw telegrams, those of other meters too */
	/* Is it enabled in the settings? */
	bool (*wanted)(const struct outputs_settings *s);
	/*
	 * Copy the settings without any side effect. Returns NULL and sets *e
	 * for an invalid setting.
	 */
	void *(*open)(struct output *o, const struct outputs_settings *s,
		      struct err *e);
	void (*start)(void *self); /* NULL if nothing to start */
	void (*reading)(void *self, const struct live *live);
	/*
	 * Called when the day's totals have changed. NULL: it does not send
	 * them.
	 */
	void (*today)(void *self, const struct today *t, int64_t now_ms);
	/* Is it able to send now? NULL: it needs no connection. */
	bool (*connected)(void *self);
	/*
	 * Called when the service's state has changed without a reading: only
	 * now_ms and the state are set in `live`. NULL: not needed.
	 */
	void (*state)(void *self, const struct live *live);
	/*
	 * Called at the start and when due; returns the next due time. May be
	 * NULL. The other operations may set o->due_ms to be called earlier.
	 */
	int64_t (*tick)(void *self, int64_t now_ms);
	void (*ready)(void *self);   /* a watched descriptor is readable; may be
					NULL */
	bool (*pending)(void *self); /* is anything being sent? NULL if never */
	void (*close)(void *self);   /* also if it was never started */
};

struct output {
	const struct output_ops *ops;
	void *self;
	const struct clock *clock;
	const struct log *log;
	int watch;	/* outputs.c's epoll descriptor */
	bool once;	/* stop after one reading */
	int64_t due_ms; /* time of the next tick; INT64_MAX: never */
	struct log_burst burst;
};

extern const struct output_ops udp_json_ops, udp_lines_ops, udp_values_ops,
	mqtt_ops, rebroadcast_ops, daily_files_ops, web_feed_ops;

/*
 * Allocate zeroed memory for `self`, which `close` frees. Returns NULL and sets
 * *e if memory ran out.
 */
void *output_alloc(size_t size, struct err *e);

/*
 * Log a failure, "udp_json: sending to 10.0.0.7:5005: Network is unreachable":
 * the first immediately, then the count once an hour. Returns whether it was
 * logged.
 */
bool output_trouble(struct output *o, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Call ops->ready when fd is readable. Returns false if epoll failed. */
bool output_watch(struct output *o, int fd);
void output_unwatch(struct output *o, int fd);

/*
 * Limit to one reading per interval: the first in each slot of interval_s
 * seconds.
 */
struct pace {
	long interval_s; /* 0: every reading */
	int64_t slot;	 /* slot of the last reading passed */
	bool begun;
};

/* Should the reading of this time (UTC) pass? If so, it counts as passed. */
bool pace_due(struct pace *p, int64_t utc);

#endif
