/*
 * p1logger --quarantine accept, reject and clear: record the user's decision.
 */
#ifndef LOGGER_QUARANTINE_DECIDE_HELD_H
#define LOGGER_QUARANTINE_DECIDE_HELD_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "logger/store.h"

/* Arguments of the command line; borrowed. */
struct quarantine_words {
	const char *verb;  /* "accept", "reject" or "clear" */
	const char *which; /* "17", or "2025-05-20T11:37:12Z", or two times
			      separated by ".."; not NULL */
	const char *meter; /* NULL: the only one with readings then */
	bool yes;	   /* do not ask */
};

/*
 * Accept or reject a held reading or all readings of a time range, or clear
 * such a decision; then update the RRD files. For a time range, print the
 * changes to `out` and ask the user on a terminal. Returns 0; ERR_USAGE for
 * invalid arguments, an unknown reading or meter, or without a terminal and
 * --yes; ERR_FAILED if the user declines; ERR_BUSY while a service uses the
 * database.
 */
int quarantine_decide(const struct store_options *o,
		      const struct quarantine_words *w, int64_t wait_s,
		      FILE *out, struct err *e);

#endif
