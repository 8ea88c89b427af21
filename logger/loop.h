/*
 * The one poll(): ports, signals, deadlines, outputs. Its owner pulls what happened, one
 * thing at a time:
 *
 *	while (loop_next(&loop, due_ms, &turn) == 0)
 *		switch (turn.event) ...
 */
#ifndef LOGGER_LOOP_H
#define LOGGER_LOOP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "forward/forward.h"
#include "logger/listen.h"
#include "logger/requests.h"
#include "logger/speed.h"

enum { LOOP_PORTS = 8 }; /* candidates that are listened to at once */

struct loop {
	const struct clock *clock; /* borrowed */
	int signals;		   /* of sig_open; -1: none to watch */
	FILE *flush;		   /* to flush before sleeping; NULL: none */
	struct reader_options how; /* to read telegrams; the keys borrowed */
	struct forward *forward;   /* to keep going; NULL: none */
	struct requests *requests; /* the same */
	size_t ports;
	struct listener *port[LOOP_PORTS];
	size_t at;	/* of loop_next: the port to ask next */
	bool signalled; /* of loop_next: a signal waits */
};

enum loop_event {
	LOOP_READING, /* turn.reading holds one, until the next call */
	LOOP_REFUSED, /* a telegram was refused; turn.why */
	LOOP_LOST,    /* a port cannot be heard: see listener_trouble */
	LOOP_ENDED,   /* a file or pipe came to its end */
	LOOP_SIGNAL,  /* turn.signal */
	LOOP_DUE,     /* the deadline has passed */
};

struct loop_turn {
	enum loop_event event;
	struct listener *port; /* whose; NULL for LOOP_SIGNAL and LOOP_DUE */
	struct reading reading;
	enum refusal why;
	int signal;
};

/*
 * Listen to the port `name`, or, when it is "", to every USB serial port until
 * one of them speaks (loop_keep). `heard` tells where to begin. 0, also when
 * there is none now: then loop->ports is 0. ERR_FAILED: out of memory.
 */
int loop_listen(struct loop *loop, const char *name, const struct heard *heard,
		struct err *e);

/*
 * Look for USB serial ports again: listen also to those that are new, and no
 * longer to those that are gone. Of use while none has spoken.
 */
int loop_search(struct loop *loop, const struct heard *heard, struct err *e);

/* Read telegrams so from now on, on the ports of now and of later. */
void loop_set(struct loop *loop, const struct reader_options *how);

/* Listen to this port only from now on. */
void loop_keep(struct loop *loop, const struct listener *port);

/* Free all listeners. */
void loop_close(struct loop *loop);

/*
 * Wait for what happens next, until the monotonic instant due_ms at most. Past
 * due_ms LOOP_DUE comes before anything else. 0, or ERR_FAILED when the system
 * cannot poll.
 */
int loop_next(struct loop *loop, int64_t due_ms, struct loop_turn *turn,
	      struct err *e);

/*
 * What a turn means to who reads a file to its end: 0 go on, 1 it was the last,
 * or the code of what the file's trouble is.
 */
int loop_over(const struct loop_turn *turn, struct err *e);

#endif
