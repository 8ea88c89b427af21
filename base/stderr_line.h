/*
 * Lines to standard error that wait for nobody. Standard error may be a pipe
 * that nobody reads, a terminal that was stopped or a service that hangs; a
 * plain write would hang with it. Its descriptor is shared with other
 * programs, so it is never made non-blocking itself. For one thread.
 */
#ifndef BASE_STDERR_LINE_H
#define BASE_STDERR_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum { STDERR_LINE_MAX = 4096 }; /* bytes: a pipe takes them all or none */

/*
 * Write the n bytes at `line`, which end with a newline. Waits at most wait_ms
 * for room. false: nothing, or not all, could be written.
 */
bool stderr_line(const char *line, size_t n, int wait_ms);

#endif
