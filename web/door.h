/*
 * Who has come and been silent for how long: connections that have yet to send
 * a request or to take its answer. When there are too many, those that have
 * been silent longest make room. Knows no sockets.
 */
#ifndef WEB_DOOR_H
#define WEB_DOOR_H

#include <stddef.h>
#include <stdint.h>

/* A list, the longest silent first; all zero: nobody is there. */
struct door {
	struct door_guest *first, *last;
	long guests;
};

/*
 * `who` did something at the monotonic now_ms: is let in, or goes to the end
 * of the list. When memory is short it is not on the list, as if it had left.
 */
void door_active(struct door *d, void *who, int64_t now_ms);

/* `who` is gone, or is waited for by us; fine when it is not there. */
void door_leave(struct door *d, const void *who);

/* Who has been silent longest, if for silent_ms or more; else NULL. */
void *door_silent(const struct door *d, int64_t now_ms, int64_t silent_ms);

void door_clear(struct door *d); /* nobody is there any more */

#endif
