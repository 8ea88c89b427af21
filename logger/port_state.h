/*
 * What was found by listening, kept in a file beside the database (".port"):
 * the port that delivered telegrams, its speed, and the offset of the meter's
 * clock. The next run starts with it.
 */
#ifndef LOGGER_PORT_STATE_H
#define LOGGER_PORT_STATE_H

#include "base/err.h"
#include "logger/detect_utc_offset.h"

enum { PORT_STATE_NAME = 512 }; /* size of a port's name, NUL included */

struct port_state {
	char port[PORT_STATE_NAME]; /* "": nothing stored */
	int speed;		  /* index into speeds (logger/port/speeds.h) */
	struct utc_offset offset; /* offset of the meter's clock */
};

/* Read the file at `path`. *s is empty if it is missing or unreadable. */
void port_state_load(struct port_state *s, const char *path);

/*
 * Write the file at `path` if its content would change. Returns 0, or a code of
 * atomic_write: the old file remains.
 */
int port_state_save(const struct port_state *s, const char *path,
		    struct err *e);

#endif
