/*
 * Write lines to standard error without blocking. Standard error may be a pipe
 * without a reader, a stopped terminal or a hung service, where a plain write
 * would hang. The descriptor is shared with other programs, so it is never made
 * non-blocking itself. Single-threaded.
 */
#ifndef BASE_STDERR_LINE_H
#define BASE_STDERR_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum { STDERR_LINE_MAX = 4096 }; /* bytes: a pipe takes this many or none */

/*
 * Write the n bytes at `line`, which end with a newline, waiting at most
 * wait_ms for room. Returns false if the line was not written, or only partly.
 */
bool stderr_line(const char *line, size_t n, int wait_ms);

#endif
