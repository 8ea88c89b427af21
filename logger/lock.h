/*
 * One writer at a time: a lock file beside the database, held with flock(2) so
 * that it ends with its process. It stays in the folder for the next one.
 */
#ifndef LOGGER_LOCK_H
#define LOGGER_LOCK_H

#include "base/err.h"

/*
 * Try to lock the file at `path`, made when missing; does not wait. `who` is
 * noted in it for the next who wants it ("the service"). The descriptor, to
 * close when done; or ERR_BUSY, naming who holds it; ERR_PERMISSION,
 * ERR_CREATE.
 */
int lock_try(const char *path, const char *who, struct err *e);

#endif
