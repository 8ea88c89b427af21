/* Write a chart to a file, atomically, or to standard output. */
#ifndef GRAPHS_SAVE_PICTURE_H
#define GRAPHS_SAVE_PICTURE_H

#include <stddef.h>

#include "base/err.h"

/*
 * Write beside `path` under another name, then rename, so that a web server
 * never sees an incomplete chart. Returns 0; ERR_CREATE if the file cannot be
 * created; ERR_IO if the disk is full. On failure the old file is unchanged. If
 * `path` is a symbolic link, its target is replaced; a device or pipe is
 * written to.
 */
int save_picture_file(const char *path, const void *bytes, size_t n,
		      struct err *e);

/* Write to standard output. Returns 0 or ERR_IO. */
int save_picture_stdout(const void *bytes, size_t n, struct err *e);

#endif
