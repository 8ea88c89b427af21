/* Serial ports through libserialport, as far as supported. */
#ifndef LOGGER_PORT_SERIAL_H
#define LOGGER_PORT_SERIAL_H

#include "base/err.h"
#include "logger/port/speeds.h"

struct serial;

/*
 * Open the device, a real path (no symbolic link), for reading without
 * blocking. Returns 1 and *out; 0 if the library does not support this kind of
 * terminal (a pty made by socat has neither an entry in /sys nor modem lines);
 * or ERR_ABSENT, ERR_PERMISSION, ERR_BUSY, ERR_IO.
 */
int serial_open(const char *device, struct serial **out, struct err *e);
void serial_close(struct serial *s); /* NULL is fine */

/* The descriptor for polling and reading, owned by the serial. */
int serial_fd(const struct serial *s);

/*
 * Set speed and framing, no flow control, RTS and DTR high: a meter sends only
 * while its data request line is high, and many cables connect it to one of
 * them.
 */
int serial_set(struct serial *s, const struct speed *to, struct err *e);

#endif
