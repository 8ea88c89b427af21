/*
 * Listen to one P1 port: open it, find its speed, and reopen it by name with
 * growing pauses when it falls silent or disappears. Never blocks: its owner
 * polls.
 */
#ifndef LOGGER_PORT_LISTEN_H
#define LOGGER_PORT_LISTEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/pollable.h"
#include "telegram/reader.h"

struct listener;

/*
 * Listen to `name` (as in source_open), a serial port first at speeds[speed].
 * Opens nothing before its first turn (listener_pollable). The clock is
 * borrowed. Returns NULL if out of memory.
 */
struct listener *listener_new(const char *name, int speed,
			      const struct clock *clock);

/* Change the options for reading telegrams, see reader_set. */
void listener_set(struct listener *l, const struct reader_options *how);

void listener_free(struct listener *l); /* NULL is fine */

/* For pollable_wait, after which listener_next has the results. */
struct pollable listener_pollable(struct listener *l);

/*
 * The next result of a turn; call it until NEXT_WAITS. Returns what reader_next
 * does; NEXT_LOST, once until bytes arrive again (listener_trouble says why);
 * or NEXT_ENDED.
 */
enum next listener_next(struct listener *l, struct reading *r,
			enum refusal *why);

const char *listener_name(const struct listener *l);
int listener_speed(const struct listener *l); /* index into speeds */

/* Is it a live source, so that the machine's clock applies? */
bool listener_live(const struct listener *l);

/* Has it delivered a telegram since it was opened? */
bool listener_proven(const struct listener *l);

/* Was it ever open or connected? If not, waiting for it is useless. */
bool listener_opened(const struct listener *l);

/* Why it was last lost; its code is ERR_NONE if it never was. */
const struct err *listener_trouble(const struct listener *l);

/* Number of bytes received, telegrams or not. */
int64_t listener_bytes(const struct listener *l);

/*
 * Position in a file, see source_progress. Returns false while it is not open.
 */
bool listener_progress(const struct listener *l, int64_t *at, int64_t *size);

#endif
