/* Which process holds a device or a file, as far as /proc tells this user. */
#ifndef LOGGER_HOLDER_H
#define LOGGER_HOLDER_H

#include <stdbool.h>

enum { HOLDER_TEXT = 64 }; /* bytes of a holder's name, NUL included */

/*
 * Write "minicom (pid 1234)" of a process that has the file at `path`
 * locked with flock(2). false when none is found.
 */
bool holder_of_lock(const char *path, char text[static HOLDER_TEXT]);

/*
 * The same of another process that is writing to the SQLite database at `path`
 * or has it for itself alone. false when none is found, as where the sandbox
 * hides /proc/locks.
 */
bool holder_of_database(const char *path, char text[static HOLDER_TEXT]);

/*
 * The same of another process that has the terminal at `device` open. false
 * when none is found, which is no proof: other users' processes are hidden.
 */
bool holder_of_device(const char *device, char text[static HOLDER_TEXT]);

#endif
