/*
 * Connections that have yet to send a request or take a response, ordered by
 * how long they have been silent. If there are too many, those that have been
 * silent longest are closed. Knows no sockets.
 */
#ifndef WEB_IDLE_CONNECTIONS_H
#define WEB_IDLE_CONNECTIONS_H

#include <stddef.h>
#include <stdint.h>

/* A list, longest silent first; all zero is empty. */
struct idle_connections {
	struct idle_connections_guest *first, *last;
	long guests;
};

/*
 * Add `who`, or move it to the end of the list: it was active at the monotonic
 * now_ms. If out of memory it is left off the list.
 */
void idle_connections_active(struct idle_connections *d, void *who,
			     int64_t now_ms);

/*
 * Remove `who`: it is gone, or it waits for us. Does nothing if it is not
 * listed.
 */
void idle_connections_leave(struct idle_connections *d, const void *who);

/*
 * Returns the one that has been silent longest, if for at least silent_ms; else
 * NULL.
 */
void *idle_connections_silent(const struct idle_connections *d, int64_t now_ms,
			      int64_t silent_ms);

void idle_connections_clear(struct idle_connections *d); /* removes all */

#endif
