/*
 * Where the telegrams go: a file, a pseudo terminal, the clients of a TCP port.
 */
#ifndef SIM_SINK_H
#define SIM_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "sim/uart.h"

struct sink;

/* All of these: NULL and *e when it cannot be made. */

/* Write to a file, made again; NULL and "-" are the standard output. */
struct sink *sink_file(const char *path, struct err *e);

/*
 * A pseudo terminal, raw; the symbolic link `link` leads to it as long as the
 * sink is open. `baud`: a reader that sets another speed reads rubbish, as on
 * a wire; 0: any speed will do.
 */
struct sink *sink_pty(const char *link, int baud, struct err *e);

/*
 * Serve every client of "[ADDRESS:]PORT"; this machine alone without an
 * address. Port 0 takes a free one.
 */
struct sink *sink_tcp(const char *address, struct err *e);

/*
 * What goes to `inner` (taken over, also on failure) is what a UART hears of
 * bytes that are `sent` so over a wire, perhaps an inverted one. Of a pseudo
 * terminal, which should have no speed of its own, the reader's settings count:
 * its speed, and 7E1 where it checks parity (INPCK), since a pty keeps neither
 * parity nor size; else it is 8N1 at heard_baud, 0: as it was sent.
 */
struct sink *sink_uart(struct sink *inner, const struct uart_setting *sent,
		       bool inverted, int heard_baud, struct err *e);

/* Where a reader finds it: a path, or "127.0.0.1:2001". */
const char *sink_name(const struct sink *s);

/*
 * Send n bytes. Unless `wait` is set it never waits: what no reader takes is
 * lost, as on a line. With `wait` it waits for a reader and loses nothing; 0
 * when `stop` (a descriptor, or -1) became readable meanwhile. 1: done.
 */
int sink_send(struct sink *s, const char *bytes, size_t n, bool wait, int stop,
	      struct err *e);

/* A descriptor that is readable when sink_turn has work; -1: never. */
int sink_fd(const struct sink *s);

/* Take in a new client. */
void sink_turn(struct sink *s);

/*
 * The end: give a reader a little time to take the rest, then close. NULL is
 * fine. A negative code when a file could not be written.
 */
int sink_close(struct sink *s, struct err *e);

#endif
