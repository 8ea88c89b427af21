/*
 * One P1 port that is listened to: opened, heard at the speed it speaks,
 * opened again by its name when it fell silent or went away, with growing
 * pauses. It never waits: its owner polls what it asks for.
 */
#ifndef LOGGER_LISTEN_H
#define LOGGER_LISTEN_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "telegram/reader.h"

struct listener;

/*
 * Listen to what source_open calls `name`, a serial port first at
 * speeds[speed]. Nothing is opened before the first listener_turn. NULL: out of
 * memory. The clock is borrowed.
 */
struct listener *listener_new(const char *name, int speed,
			      const struct clock *clock);

/* How telegrams are read from now on, as reader_set. */
void listener_set(struct listener *l, const struct reader_options *how);

void listener_free(struct listener *l); /* NULL is fine */

/* What to poll for; fd is -1 while there is nothing. */
struct pollfd listener_poll(const struct listener *l);

/* The monotonic instant in ms at which listener_turn is due without bytes. */
int64_t listener_due(const struct listener *l);

/* Do what is due; `revents` is poll's answer, 0 when only time has passed. */
void listener_turn(struct listener *l, short revents);

enum listen_answer {
	LISTEN_WAITS,	/* nothing more now: poll */
	LISTEN_READING, /* *r holds one; its spans live until the next call */
	LISTEN_REFUSED, /* one was refused; *why tells */
	LISTEN_LOST,	/* it cannot be heard; listener_trouble says why. It is
	                   tried again by itself; said once, until it is heard */
	LISTEN_ENDED,	/* a file or a pipe came to its end */
};

/* The next of what listener_turn took in; call it until LISTEN_WAITS. */
enum listen_answer listener_next(struct listener *l, struct reading *r,
				 enum refusal *why);

const char *listener_name(const struct listener *l);
int listener_speed(const struct listener *l); /* index into speeds */

/* Is it a live source, so that a machine's clock means something? */
bool listener_live(const struct listener *l);

/* Has it given a telegram since it was opened? */
bool listener_proven(const struct listener *l);

/* Has it ever been open, or connected? Else it is of no use to wait for it. */
bool listener_opened(const struct listener *l);

/* Why it was lost last; code ERR_NONE when it never was. */
const struct err *listener_trouble(const struct listener *l);

/* Bytes that came in all, telegrams or not. */
int64_t listener_bytes(const struct listener *l);

/* Telegrams taken and refused so far, since listener_new. Borrowed. */
const struct reader_tally *listener_tally(const struct listener *l);

/* How far in a file: see source_progress. false also before it is open. */
bool listener_progress(const struct listener *l, int64_t *at, int64_t *size);

#endif
