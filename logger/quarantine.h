/* p1logger --quarantine: what was not believed, and what a person says of it. */
#ifndef LOGGER_QUARANTINE_H
#define LOGGER_QUARANTINE_H

#include <stdint.h>
#include <stdio.h>

#include "logger/keep.h"

/* A table of it on `out`; nothing when there is nothing. 0 or negative. */
int quarantine_print(const char *database, FILE *out, struct err *e);

/*
 * Accept the entry `id` ("accept"), or reject it, and let the RRD files follow.
 * The words are those of the command line: ERR_USAGE for others. ERR_BUSY
 * while a service keeps the database.
 */
int quarantine_decide(const struct keep_options *o, const char *verb,
		      const char *id, int64_t wait_s, struct err *e);

#endif
