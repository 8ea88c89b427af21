/*
 * One writer at a time: a lock file beside the database, held with flock(2) so
 * that it ends with its process. It is never written and stays in the folder.
 */
#ifndef LOGGER_LOCK_H
#define LOGGER_LOCK_H

#include <stdbool.h>

#include "base/err.h"

/*
 * Try to lock the file at `path`, made when missing; does not wait. The
 * descriptor, to close when done; or ERR_BUSY, naming who holds it where the
 * system tells; ERR_PERMISSION, ERR_CREATE.
 */
int lock_try(const char *path, struct err *e);

/* Is `path` still the name of the file that is locked by `fd`? */
bool lock_is_at(int fd, const char *path);

#endif
