/* p1logger --quarantine: which readings are held, and why. */
#ifndef LOGGER_QUARANTINE_H
#define LOGGER_QUARANTINE_H

#include <stdio.h>

#include "base/err.h"

/*
 * Print a table of the held readings that no person has rejected on `out`, and
 * what to do; nothing when there is none. 0 or negative.
 */
int quarantine_print(const char *database, FILE *out, struct err *e);

#endif
