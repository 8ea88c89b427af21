/* p1logger --quarantine: list held readings and the reasons. */
#ifndef LOGGER_QUARANTINE_LIST_HELD_H
#define LOGGER_QUARANTINE_LIST_HELD_H

#include <stdio.h>

#include "base/err.h"

/*
 * Print a table of the held readings that nobody has rejected to `out`, and
 * what to do; nothing if there are none. Returns 0 or a negative code.
 */
int quarantine_print(const char *database, FILE *out, struct err *e);

#endif
