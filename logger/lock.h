/*
 * One writer at a time: a lock file beside the database, held with flock(2) so
 * that it is released when its process ends. The file is never written and
 * never removed.
 */
#ifndef LOGGER_LOCK_H
#define LOGGER_LOCK_H

#include <stdbool.h>

#include "base/err.h"

/*
 * Try to lock the file at `path`, created if missing, without waiting. Returns
 * a descriptor to close when done; ERR_BUSY, naming the holder if known;
 * ERR_PERMISSION or ERR_CREATE.
 */
int lock_try(const char *path, struct err *e);

/* Is `path` still the file locked by `fd`? */
bool lock_is_at(int fd, const char *path);

#endif
