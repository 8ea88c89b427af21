/*
 * Find the process that holds a device or file, as far as /proc shows it to
 * this user.
 */
#ifndef LOGGER_PORT_HOLDER_H
#define LOGGER_PORT_HOLDER_H

#include <stdbool.h>

enum { HOLDER_TEXT = 64 }; /* buffer size of a holder's name, NUL included */

/*
 * Name a process, "minicom (pid 1234)", that holds a flock(2) on the file at
 * `path`. Returns false if none is found.
 */
bool holder_of_lock(const char *path, char text[static HOLDER_TEXT]);

/*
 * Name another process that is writing to the SQLite database at `path` or has
 * locked it exclusively. Returns false if none is found, for example because
 * the sandbox hides /proc/locks.
 */
bool holder_of_database(const char *path, char text[static HOLDER_TEXT]);

/*
 * Name another process that has the terminal at `device` open. Returns false if
 * none is found, which proves nothing: processes of other users are hidden.
 */
bool holder_of_device(const char *device, char text[static HOLDER_TEXT]);

#endif
