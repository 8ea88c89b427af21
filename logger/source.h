/*
 * Where telegrams come from: a serial port, a TCP server, a file, standard
 * input. A source hands over bytes; it knows nothing of telegrams.
 */
#ifndef LOGGER_SOURCE_H
#define LOGGER_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "logger/speed.h"

struct source;

/*
 * Can `text` name a source at all, as source_open takes it? 0, or ERR_CONFIG:
 * another form than tcp://host:port, or a folder. Opens nothing, and what is
 * not there may yet come.
 */
int source_check(const char *text, struct err *e);

/*
 * Open what `text` names: "tcp://host:port", "-" for standard input, else a
 * path, also through symbolic links: a serial port or other terminal, a pipe,
 * or a file, plain or .gz. Never waits, save for the name server of a TCP host.
 *
 * NULL and *e: ERR_ABSENT it is not there, ERR_PERMISSION with the group that
 * would help, ERR_BUSY with the process that holds it, ERR_CONFIG when `text`
 * cannot name a source, ERR_IO.
 */
struct source *source_open(const char *text, struct err *e);
void source_close(struct source *s); /* NULL is fine */

/* The descriptor to poll, and for what (POLLOUT while it is connecting). */
int source_fd(const struct source *s);
short source_events(const struct source *s);

/* Do bytes come as a meter sends them? A regular file does not live. */
bool source_live(const struct source *s);

/* May opening it again bring it back? A port or a server, not a pipe. */
bool source_reopens(const struct source *s);

/* Has it a speed that must be found, as a serial port? */
bool source_has_speed(const struct source *s);

/* Change the speed and forget what came at the old one. */
int source_set_speed(struct source *s, const struct speed *to, struct err *e);

enum source_answer {
	SOURCE_WAITS = 0, /* nothing now: poll */
	SOURCE_BYTES = 1, /* *got of them, at least 1 */
	SOURCE_ENDED = 2, /* no more will come */
};

/* Read up to n bytes: a source_answer, or a negative code. */
int source_read(struct source *s, void *buf, size_t n, size_t *got,
		struct err *e);

/*
 * For a progress bar: how far in a regular file reading is, and its size, both
 * in bytes as stored. false for anything else.
 */
bool source_progress(const struct source *s, int64_t *at, int64_t *size);

/* When the file was last modified, UTC. false for what is no regular file. */
bool source_modified(const struct source *s, int64_t *utc);

#endif
