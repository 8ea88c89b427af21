/* p1logger --closing and --opening: counters read off a meter by eye. */
#ifndef LOGGER_CLOSING_OPENING_H
#define LOGGER_CLOSING_OPENING_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "logger/store.h"

/*
 * Enter the last counters of `meter` (or the first, if `opening`) from
 * arguments such as "import_t1=1234.567"; the list ends with NULL. `at` is an
 * ISO time in UTC, or NULL: just before the new meter's first reading. Reports
 * replaced entries on `out`, then updates the RRD files. Returns 0, ERR_USAGE,
 * ERR_FORMAT if readings contradict it, ERR_BUSY while a service uses the
 * database.
 */
int closing_opening_enter(const struct store_options *o, bool opening,
			  const char *meter, const char *at, char **words,
			  int64_t wait_s, FILE *out, struct err *e);

#endif
