/*
 * One writer at a time: a lock file beside the database, held with flock(2) so
 * that it is released when its process ends. A service holds a second lock on
 * it, of another kind (F_OFD_SETLK), which distinguishes it from a run that
 * ends soon. The file is never written and never removed.
 */
#ifndef LOGGER_LOCK_H
#define LOGGER_LOCK_H

#include <stdbool.h>

#include "base/err.h"

/*
 * Try to lock the file at `path`, created if missing, without waiting; `service`
 * says that the holder runs until it is told to stop. Returns a descriptor to
 * close when done; ERR_BUSY, naming the holder if known; ERR_PERMISSION or
 * ERR_CREATE.
 */
int lock_try(const char *path, bool service, struct err *e);

/*
 * Does a service hold the lock at `path` now? Also false if this user may not
 * read the file.
 */
bool lock_is_service(const char *path);

/* Is `path` still the file locked by `fd`? */
bool lock_is_at(int fd, const char *path);

#endif
