/* Bytes to a file that is whole or the old one, at every instant. */
#ifndef GRAPHS_SAVE_H
#define GRAPHS_SAVE_H

#include <stddef.h>

#include "base/err.h"

/*
 * Write under another name beside `path`, then rename, so that a web server
 * never sees half a picture. ERR_CREATE when it cannot be made there; ERR_IO
 * when the disk is full. What was there stays when it fails. Through a symbolic
 * link its target is replaced; a device or a pipe is written to.
 */
int save_file(const char *path, const void *bytes, size_t n, struct err *e);

/* Write to standard output. ERR_IO. */
int save_stdout(const void *bytes, size_t n, struct err *e);

#endif
