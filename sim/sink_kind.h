/* Operations of a kind of sink; for sink_*.c only. */
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
	int (*close)(struct sink *s, struct err *e); /* also frees it */
	/* Get the reader's port settings; false: unknown. NULL: never known. */
	bool (*setting)(struct sink *s, struct uart_setting *out);
};

/* The first member of each kind's struct. */
struct sink {
	const struct sink_kind *kind;
	int fd; /* for sink_fd */
	char name[SINK_NAME];
};

/*
 * Wait up to `ms` (-1: forever) for `events` on fd (-1 if none) or for the stop
 * descriptor. Returns 1: events, 0: timeout, -1: stop.
 */
int sink_wait(int fd, short events, int stop, int ms);

#endif
