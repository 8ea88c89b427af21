/* What a kind of sink is made of; for the sink_*.c files alone. */
#ifndef SIM_SINK_KIND_H
#define SIM_SINK_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct sink;
struct uart_setting;

enum { SINK_NAME = 512 };

struct sink_kind {
	int (*send)(struct sink *s, const char *bytes, size_t n, bool wait,
		    int stop, struct err *e);
	void (*turn)(struct sink *s);		     /* NULL: nothing to do */
	int (*close)(struct sink *s, struct err *e); /* frees it, too */
	/* How the reader set its port; false: not known. NULL: never is. */
	bool (*setting)(struct sink *s, struct uart_setting *out);
};

/* The first member of each kind's own struct. */
struct sink {
	const struct sink_kind *kind;
	int fd; /* for sink_fd */
	char name[SINK_NAME];
};

/*
 * Wait up to `ms` (-1: for ever) for `events` on fd (-1: none), or for the stop
 * descriptor. 1 the events are there, 0 time is up, -1 stop.
 */
int sink_wait(int fd, short events, int stop, int ms);

#endif
