/*
 * What every output of this room has: its operations, its clock, its word in
 * the log. An output is one file that offers one row of operations; forward.c
 * has the table.
 */
#ifndef FORWARD_OUTPUT_H
#define FORWARD_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "telegram/reading.h"

struct forward_settings;

/* A reading on its way out. Everything is borrowed for the call. */
struct live {
	const struct reading *reading;
	struct span json; /* the whole of it as one line, no newline */
	int64_t utc;	  /* its instant: the meter's, else the machine's */
	int64_t now_ms;	  /* monotonic */
};

struct output;

struct output_ops {
	const char *name; /* the section of the settings: "udp_json" */
	/* Do the settings ask for it? */
	bool (*wanted)(const struct forward_settings *s);
	/*
	 * Take the settings (copied), touch nothing outside. NULL and *e for a
	 * setting that is wrong.
	 */
	void *(*open)(struct output *o, const struct forward_settings *s,
		      struct err *e);
	void (*start)(void *self); /* begin; NULL: nothing to begin */
	void (*reading)(void *self, const struct live *live);
	/*
	 * At its due and once at the start; answers the next due. NULL: never.
	 * The others may set o->due_ms to be called earlier.
	 */
	int64_t (*tick)(void *self, int64_t now_ms);
	void (*ready)(void *self);   /* a descriptor it watches; NULL: none */
	bool (*pending)(void *self); /* is something under way? NULL: never */
	void (*close)(void *self);   /* also when it was never started */
};

struct output {
	const struct output_ops *ops;
	void *self;
	const struct clock *clock;
	const struct log *log;
	int watch;	/* epoll descriptor of forward.c */
	bool once;	/* one reading, then the end */
	int64_t due_ms; /* of the next tick; INT64_MAX: never */
	struct log_burst burst;
};

extern const struct output_ops udp_json_ops, udp_lines_ops, udp_values_ops,
	mqtt_ops, rebroadcast_ops, files_ops, feed_ops;

/*
 * Say what went wrong: the first time at once, then once an hour how often.
 * "udp_json: sending to 10.0.0.7:5005: Network is unreachable". Was it said?
 */
bool output_trouble(struct output *o, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Call ops->ready when fd can be read. false: the system refuses. */
bool output_watch(struct output *o, int fd);
void output_unwatch(struct output *o, int fd);

/* One of every interval: the first reading of each slot of so many seconds. */
struct pace {
	long interval_s; /* 0: every reading */
	int64_t slot;	 /* of the last one that was let through */
	bool begun;
};

/* Is the reading of this instant (UTC) one to let through? Then it was. */
bool pace_due(struct pace *p, int64_t utc);

#endif
