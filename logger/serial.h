/* Serial ports through libserialport, as far as it knows them. */
#ifndef LOGGER_SERIAL_H
#define LOGGER_SERIAL_H

#include "base/err.h"
#include "logger/speed.h"

struct serial;

/*
 * Open the device, a real path (no symbolic link), for reading, without
 * waiting. 1 and *out, or 0 when the library does not know this kind of
 * terminal (a pty made by socat has neither an entry in /sys nor modem lines),
 * or a negative code: ERR_ABSENT, ERR_PERMISSION, ERR_BUSY, ERR_IO.
 */
int serial_open(const char *device, struct serial **out, struct err *e);
void serial_close(struct serial *s); /* NULL is fine */

/* The descriptor to poll and to read from; it stays the serial's. */
int serial_fd(const struct serial *s);

/*
 * Speed and framing, no flow control, RTS and DTR high: a meter sends only
 * while its data request line is up, and many cables tie that to one of them.
 */
int serial_set(struct serial *s, const struct speed *to, struct err *e);

#endif
