/*
 * Who has come and been silent for how long: connections that have yet to send
 * a request or to take its answer. When there are too many, those that have
 * been silent longest make room. Knows no sockets.
 */
#ifndef WEB_IDLE_LIST_H
#define WEB_IDLE_LIST_H

#include <stddef.h>
#include <stdint.h>

/* A list, the longest silent first; all zero: nobody is there. */
struct idle_list {
	struct idle_list_guest *first, *last;
	long guests;
};

/*
 * `who` did something at the monotonic now_ms: is let in, or goes to the end
 * of the list. When memory is short it is not on the list, as if it had left.
 */
void idle_list_active(struct idle_list *d, void *who, int64_t now_ms);

/* `who` is gone, or is waited for by us; fine when it is not there. */
void idle_list_leave(struct idle_list *d, const void *who);

/* Who has been silent longest, if for silent_ms or more; else NULL. */
void *idle_list_silent(const struct idle_list *d, int64_t now_ms,
		       int64_t silent_ms);

void idle_list_clear(struct idle_list *d); /* nobody is there any more */

#endif
