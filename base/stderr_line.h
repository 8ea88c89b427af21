/*
 * Write lines to standard error without blocking. It may be a pipe without a
 * reader, a stopped terminal or a hung service, and a plain write would hang
 * too. The descriptor is shared with other programs, so it is never made
 * non-blocking itself. Single-threaded.
 */
#ifndef BASE_STDERR_LINE_H
#define BASE_STDERR_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum { STDERR_LINE_MAX = 4096 }; /* bytes: a pipe takes this many or none */

/*
 * Write the n bytes at `line`, which end with a newline, waiting at most
 * wait_ms for room. Returns false if the line was not or only partly written.
 */
bool stderr_line(const char *line, size_t n, int wait_ms);

#endif
