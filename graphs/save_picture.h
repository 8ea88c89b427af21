/* Write a picture to a file, atomically, or to standard output. */
#ifndef GRAPHS_SAVE_PICTURE_H
#define GRAPHS_SAVE_PICTURE_H

#include <stddef.h>

#include "base/err.h"

/*
 * Write beside `path` under another name, then rename, so that a web server
 * never sees an incomplete picture. ERR_CREATE if it cannot be created; ERR_IO
 * if the disk is full; on failure the old file stays. For a symbolic link the
 * target is replaced; a device or pipe is written to.
 */
int save_picture_file(const char *path, const void *bytes, size_t n,
		      struct err *e);

/* Write to standard output. Returns 0 or ERR_IO. */
int save_picture_stdout(const void *bytes, size_t n, struct err *e);

#endif
