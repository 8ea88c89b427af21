/*
 * Connections that have yet to send a request or take an answer, ordered by how
 * long they have been silent. If there are too many, the longest silent ones
 * are closed. Knows no sockets.
 */
#ifndef WEB_IDLE_LIST_H
#define WEB_IDLE_LIST_H

#include <stddef.h>
#include <stdint.h>

/* A list, longest silent first; all zero is empty. */
struct idle_list {
	struct idle_list_guest *first, *last;
	long guests;
};

/*
 * Add `who`, or move it to the end of the list: it was active at the monotonic
 * now_ms. If out of memory it is left off the list.
 */
void idle_list_active(struct idle_list *d, void *who, int64_t now_ms);

/* Remove `who`: it is gone, or it waits for us. Fine if it is not listed. */
void idle_list_leave(struct idle_list *d, const void *who);

/* The longest silent one, if silent for at least silent_ms; else NULL. */
void *idle_list_silent(const struct idle_list *d, int64_t now_ms,
		       int64_t silent_ms);

void idle_list_clear(struct idle_list *d); /* removes all */

#endif
