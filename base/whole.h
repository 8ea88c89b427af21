/*
 * Small files that are replaced whole: whoever reads one, also after a power
 * cut, finds what it was before or what it is now.
 */
#ifndef BASE_WHOLE_H
#define BASE_WHOLE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

/*
 * Put `n` bytes into the file at `path`, by way of `path`.new; it gets the
 * owner of its folder and the mode `mode`. 0, and it is on the disk, or
 * ERR_CREATE or ERR_IO; what was at `path` is untouched then.
 */
int whole_write(const char *path, mode_t mode, const void *bytes, size_t n,
		struct err *e);

/* Write all n bytes to a descriptor. 0, or -1 with errno. */
int whole_fill(int fd, const char *bytes, size_t n);

/*
 * Bring the folder that holds `path` to the disk: a name is there for good
 * only then. 0 or ERR_IO.
 */
int whole_name(const char *path, struct err *e);

#endif
