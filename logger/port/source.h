/*
 * Sources of bytes: a serial port, a TCP server, a file, standard input. Knows
 * nothing of telegrams.
 */
#ifndef LOGGER_PORT_SOURCE_H
#define LOGGER_PORT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "logger/port/speeds.h"

struct source;

/*
 * Check that `text` can name a source for source_open. Returns 0, or ERR_CONFIG
 * for a malformed address or a folder. Opens nothing; a missing device may
 * still appear.
 */
int source_check(const char *text, struct err *e);

/*
 * Open `text`: "tcp://host:port", "-" for standard input, else a path, through
 * symbolic links: a serial port or other terminal, a pipe, or a file, plain or
 * .gz. Never blocks, except for resolving a TCP host.
 *
 * Returns NULL and sets *e: ERR_ABSENT if missing, ERR_PERMISSION with the
 * group that has access, ERR_BUSY with the process that holds it, ERR_CONFIG if
 * `text` cannot name a source, ERR_IO.
 */
struct source *source_open(const char *text, struct err *e);
void source_close(struct source *s); /* NULL is fine */

/* The descriptor to poll, and the events (POLLOUT while connecting). */
int source_fd(const struct source *s);
short source_events(const struct source *s);

/* Do bytes arrive as the meter sends them? False for a regular file. */
bool source_live(const struct source *s);

/* Can reopening bring it back? True for ports and servers, not pipes. */
bool source_reopens(const struct source *s);

/* Does it have a speed to detect, like a serial port? */
bool source_has_speed(const struct source *s);

/* Change the speed and discard input at the old one. */
int source_set_speed(struct source *s, const struct speed *to, struct err *e);

enum source_answer {
	SOURCE_WAITS = 0, /* nothing now: poll */
	SOURCE_BYTES = 1, /* *got bytes, at least 1 */
	SOURCE_ENDED = 2, /* no more will come */
};

/* Read up to n bytes. Returns a source_answer, or a negative code. */
int source_read(struct source *s, void *buf, size_t n, size_t *got,
		struct err *e);

/*
 * For a progress bar: position in and size of a regular file, in stored bytes.
 * False for anything else.
 */
bool source_progress(const struct source *s, int64_t *at, int64_t *size);

/*
 * Time of the file's last modification, UTC. False if it is not a regular file.
 */
bool source_modified(const struct source *s, int64_t *utc);

#endif
