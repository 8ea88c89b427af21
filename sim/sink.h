/*
 * Destinations of telegrams: a file, a pseudo terminal, the clients of a TCP
 * port.
 */
#ifndef SIM_SINK_H
#define SIM_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "sim/uart.h"

struct sink;

/* The constructors return NULL and set *e on failure. */

/*
 * Write to a new file, replacing an old one; NULL and "-" are standard output.
 */
struct sink *sink_file(const char *path, struct err *e);

/*
 * A raw pseudo terminal; the symbolic link `link` points to it while the sink
 * is open. With `baud`, a reader that sets another speed gets garbage, as on a
 * wire; 0: any speed works.
 */
struct sink *sink_pty(const char *link, int baud, struct err *e);

/*
 * Serve every client of "[ADDRESS:]PORT"; without an address only this machine.
 * Port 0 picks a free one.
 */
struct sink *sink_tcp(const char *address, struct err *e);

/*
 * Pass to `inner` (taken over, also on failure) what a UART receives when bytes
 * are `sent` this way over a wire, possibly inverted. For a pseudo terminal,
 * which should have no speed of its own, the reader's settings apply: its
 * speed, and 7E1 if it checks parity (INPCK), since a pty stores neither parity
 * nor size. Otherwise 8N1 at heard_baud; 0: as sent.
 */
struct sink *sink_uart(struct sink *inner, const struct uart_setting *sent,
		       bool inverted, int heard_baud, struct err *e);

/* Where to connect: a path, or "127.0.0.1:2001". */
const char *sink_name(const struct sink *s);

/*
 * Send n bytes. Without `wait` it never blocks: bytes that no reader takes are
 * lost, as on a line. With `wait` it waits for a reader and loses nothing.
 * Returns 1: sent, 0: `stop` (a descriptor, or -1) became readable.
 */
int sink_send(struct sink *s, const char *bytes, size_t n, bool wait, int stop,
	      struct err *e);

/* A descriptor that is readable when sink_turn has work; -1 if none. */
int sink_fd(const struct sink *s);

/* Accept a new client. */
void sink_turn(struct sink *s);

/*
 * Give readers a moment to take the rest, then close. NULL is fine. Returns a
 * negative code if a file could not be written.
 */
int sink_close(struct sink *s, struct err *e);

#endif
