/* The socket that receives p1logger's readings: docs/forward.md. */
#ifndef WEB_FEED_SOCKET_H
#define WEB_FEED_SOCKET_H

#include "base/err.h"

struct handler_data;

/*
 * Create the socket at `path`, writable for its group, replacing one without a
 * listener. Returns the descriptor, or a negative code.
 */
int feed_socket_open(const char *path, struct err *e);
void feed_socket_close(int fd, const char *path);

/*
 * Read all waiting datagrams from the database's owner (file_owner_is) that are
 * lines of p1logger (json_check); only the newest is kept. Returns their
 * number.
 */
int feed_socket_take(int fd, struct handler_data *w);

#endif
