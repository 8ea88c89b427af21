/* What stands around a serial port: its request line, and ModemManager. */
#ifndef LOGGER_PORT_ENVIRONMENT_H
#define LOGGER_PORT_ENVIRONMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "logger/doctor.h"

/* The modem lines of an open port, as its driver tells them. */
enum lines port_environment_lines(int fd);

/* Who holds a port, by the sentence of source_open's ERR_BUSY; else "". */
void port_environment_holder(const char *refusal,
			     char holder[static HOLDER_TEXT]);

/* "ModemManager (pid 812)" when one runs; false, and "", when not. */
bool port_environment_modem_manager(char text[static HOLDER_TEXT]);

/* Does udev tell ModemManager to leave the device alone? */
bool port_environment_is_told(const char *device);

/* The name below /dev/serial/by-id of a device, into path of `size` bytes;
 * false when it has none. */
bool port_environment_stable_name(const char *device, char *path, size_t size);

#endif
