/* Within the room: what a kind of source must be able to do. */
#ifndef LOGGER_SOURCE_KIND_H
#define LOGGER_SOURCE_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "logger/speed.h"

struct source;

struct source_kind {
	bool reopens;
	bool has_speed;
	/* Fill s->fd and what the kind needs; s is zero but for kind and fd -1. */
	int (*open)(struct source *s, const char *text, struct err *e);
	int (*read)(struct source *s, void *buf, size_t n, size_t *got,
		    struct err *e);
	int (*set_speed)(struct source *s, const struct speed *to,
			 struct err *e); /* NULL unless has_speed */
	void (*close)(struct source *s); /* s->fd included; also half open */
};

struct source {
	const struct source_kind *kind;
	char *text; /* as the user wrote it, for messages */
	int fd;
	short events;
	bool live;
	void *own; /* the kind's */
};

extern const struct source_kind source_tty;  /* tty.c */
extern const struct source_kind source_tcp;  /* tcp.c */
extern const struct source_kind source_file; /* file.c */

/* Has it the form tcp://host:port? 0 or ERR_CONFIG. */
int tcp_check(const char *text, struct err *e);

/* source_fd.c: read(2) as a source_answer; EINTR is tried again, EAGAIN waits. */
int source_read_fd(struct source *s, void *buf, size_t n, size_t *got,
		   struct err *e);

#endif
