/* The USB serial ports of this machine, where a P1 cable may be. */
#ifndef LOGGER_FIND_H
#define LOGGER_FIND_H

#include <stddef.h>

enum { FIND_PATH = 512 }; /* bytes of a path, NUL included */

#define FIND_WHERE "/dev/serial/by-id/*, /dev/ttyUSB* and /dev/ttyACM*"

/*
 * Fill up to max paths, each device once and by its most stable name; returns
 * how many. On-board ports (/dev/ttyS*) are never among them: other things
 * may hang there, and a Raspberry Pi's console.
 */
size_t find_ports(char paths[][FIND_PATH], size_t max);

#endif
