/* The socket on which p1logger's readings are heard: docs/forward.md. */
#ifndef WEB_FEED_H
#define WEB_FEED_H

#include "base/err.h"

struct web;

/*
 * Make the socket at `path`, in place of one that nobody listens on; its group
 * may write to it. The descriptor, or a negative code.
 */
int feed_open(const char *path, struct err *e);
void feed_close(int fd, const char *path);

/*
 * Take what has come from the owner of the database (owner_is) and is a line of
 * p1logger's (json_check); only the newest counts. How many readings that were.
 */
int feed_take(int fd, struct web *w);

#endif
