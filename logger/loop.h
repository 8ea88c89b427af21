/*
 * The single poll() for ports, signals, deadlines, and whatever its owner adds.
 * Its owner pulls events one by one:
 *
 *   while (loop_next(&loop, due_ms, &turn) == 0)
 *           switch (turn.what) ...
 */
#ifndef LOGGER_LOOP_H
#define LOGGER_LOOP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/pollable.h"
#include "logger/port/listen.h"
#include "logger/port_state.h"

enum {
	LOOP_PORTS = 8,	 /* candidates listened to simultaneously */
	LOOP_OTHERS = 3, /* other pollables it serves */
};

struct loop {
	const struct clock *clock; /* borrowed */
	int signals;		   /* from signals_open; -1 if none */
	FILE *flush;		   /* flush before sleeping; NULL if none */
	struct reader_options how; /* for reading telegrams; keys are
				      borrowed */
	size_t others;		   /* see loop_add */
	struct pollable other[LOOP_OTHERS];
	size_t ports;
	struct listener *port[LOOP_PORTS];
	size_t at;	/* loop_next: the port to check next */
	bool signalled; /* loop_next: a signal is pending */
};

struct loop_turn {
	enum next what;	       /* never NEXT_WAITS */
	struct listener *port; /* source; NULL for NEXT_SIGNAL and NEXT_DUE */
	struct reading reading;
	enum refusal why; /* NEXT_REFUSED */
	int signal;	  /* NEXT_SIGNAL */
};

/*
 * Listen to the port `name`, or if it is "", to every USB serial port until one
 * delivers telegrams (loop_keep). `last` says where to start. Returns 0 even if
 * there is no port now: loop->ports is 0. ERR_FAILED if out of memory.
 */
int loop_listen(struct loop *loop, const char *name,
		const struct port_state *last, struct err *e);

/*
 * Look for USB serial ports again: add new ones, drop those that disappeared.
 * Useful until one delivers telegrams.
 */
int loop_search(struct loop *loop, const struct port_state *last,
		struct err *e);

/* Change the options for reading telegrams, on present and later ports. */
void loop_set(struct loop *loop, const struct reader_options *how);

/*
 * Also serve something else while waiting, such as the outputs; borrowed until
 * the end, at most LOOP_OTHERS.
 */
void loop_add(struct loop *loop, struct pollable other);

/* Stop listening to all other ports. */
void loop_keep(struct loop *loop, const struct listener *port);

/* Free all listeners. */
void loop_close(struct loop *loop);

/*
 * Wait for the next event, at most until the monotonic time due_ms, after which
 * NEXT_DUE precedes anything else. Returns 0, or ERR_FAILED if poll fails.
 */
int loop_next(struct loop *loop, int64_t due_ms, struct loop_turn *turn,
	      struct err *e);

/*
 * Interpret an event when reading a file to its end. Returns 0 to continue, 1
 * at the end, or the code of the file's trouble.
 */
int loop_over(const struct loop_turn *turn, struct err *e);

#endif
