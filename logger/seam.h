/* p1logger --closing and --opening: what was read off a meter by eye. */
#ifndef LOGGER_SEAM_H
#define LOGGER_SEAM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "logger/keep.h"

/*
 * Enter the last counters of `meter` (or the first, when `opening`): words such
 * as "import_t1=1234.567", the list ends with NULL. `at` is an ISO time in UTC,
 * or NULL: just before the new meter spoke. What takes the place of another
 * entry is said on `out`. Then the RRD files follow. 0,
 * ERR_USAGE, ERR_FORMAT when readings contradict it, ERR_BUSY while a service
 * keeps the database.
 */
int seam_enter(const struct keep_options *o, bool opening, const char *meter,
	       const char *at, char **words, int64_t wait_s, FILE *out,
	       struct err *e);

#endif
