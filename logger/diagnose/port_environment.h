/* The environment of a serial port: its request line, and ModemManager. */
#ifndef LOGGER_DIAGNOSE_PORT_ENVIRONMENT_H
#define LOGGER_DIAGNOSE_PORT_ENVIRONMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "logger/diagnose/evidence.h"

/* State of an open port's modem lines, according to its driver. */
enum lines port_environment_lines(int fd);

/*
 * The holder of a port, extracted from source_open's ERR_BUSY message; else "".
 */
void port_environment_holder(const char *refusal,
			     char holder[static HOLDER_TEXT]);

/* "ModemManager (pid 812)" if running; else false and "". */
bool port_environment_modem_manager(char text[static HOLDER_TEXT]);

/* Does udev tell ModemManager to ignore the device? */
bool port_environment_is_told(const char *device);

/*
 * The device's name in /dev/serial/by-id, written to path of `size` bytes;
 * false if there is none.
 */
bool port_environment_stable_name(const char *device, char *path, size_t size);

#endif
