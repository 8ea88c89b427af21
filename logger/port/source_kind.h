/* Internal: operations of a kind of source. */
#ifndef LOGGER_PORT_SOURCE_KIND_H
#define LOGGER_PORT_SOURCE_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "logger/port/speeds.h"

struct source;

struct source_kind {
	bool reopens;
	bool has_speed;
	/*
	 * Fill s->fd and the kind's data; s is zero except kind, and fd is -1.
	 */
	int (*open)(struct source *s, const char *text, struct err *e);
	int (*read)(struct source *s, void *buf, size_t n, size_t *got,
		    struct err *e);
	int (*set_speed)(struct source *s, const struct speed *to,
			 struct err *e); /* NULL unless has_speed */
	void (*close)(struct source *s); /* closes s->fd; also if half open */
};

struct source {
	const struct source_kind *kind;
	char *text; /* as the user wrote it, for messages */
	int fd;
	short events;
	bool live;
	void *own; /* private to the kind */
};

extern const struct source_kind source_tty;  /* source_tty.c */
extern const struct source_kind source_tcp;  /* source_tcp.c */
extern const struct source_kind source_file; /* source_file.c */

/* Is it of the form tcp://host:port? Returns 0 or ERR_CONFIG. */
int tcp_check(const char *text, struct err *e);

/*
 * Is it an address that only lacks its start, "meter:2001" or
 * "tcp:meter:2001"? Then `meant` is the address in full.
 */
enum { SOURCE_MEANT = 300 }; /* bytes, NUL included */
bool source_lacks_scheme(const char *text, char meant[static SOURCE_MEANT]);

/*
 * source_fd.c: read(2) as a source_answer; retries EINTR, returns SOURCE_WAITS
 * for EAGAIN.
 */
int source_read_fd(struct source *s, void *buf, size_t n, size_t *got,
		   struct err *e);

#endif
