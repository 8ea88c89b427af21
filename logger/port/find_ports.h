/* Find USB serial ports, where a P1 cable may be. */
#ifndef LOGGER_PORT_FIND_PORTS_H
#define LOGGER_PORT_FIND_PORTS_H

#include <stddef.h>

enum { FIND_PATH = 512 }; /* size of a path, NUL included */

#define FIND_WHERE "/dev/serial/by-id/*, /dev/ttyUSB* or /dev/ttyACM*"

/*
 * Find up to max paths, each device once under its most stable name; returns
 * the number. On-board ports (/dev/ttyS*) are excluded: they may have other
 * uses, such as a Raspberry Pi's console.
 */
size_t find_ports(char paths[][FIND_PATH], size_t max);

#endif
