/* p1logger --quarantine accept, reject and clear: what a person says. */
#ifndef LOGGER_DECIDE_H
#define LOGGER_DECIDE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "logger/store.h"

/* The words of the command line; borrowed. */
struct decide_words {
	const char *verb;  /* "accept", "reject" or "clear" */
	const char *which; /* "17", or "2025-05-20T11:37:12Z", or two of these
			      with ".." between; not NULL */
	const char
		*meter; /* whose; NULL: the only one that has readings then */
	bool yes;	/* do not ask */
};

/*
 * Say of a held reading, or of all readings of a time, that they are true or
 * false, or that nothing is said of them; then the RRD files follow. For a time
 * what would change is printed on `out`, and a person on a terminal is asked. 0;
 * ERR_USAGE for other words, for an unknown reading or meter, or without a
 * terminal and --yes; ERR_FAILED when the answer is no; ERR_BUSY while a service
 * keeps the database.
 */
int decide(const struct store_options *o, const struct decide_words *w,
	   int64_t wait_s, FILE *out, struct err *e);

#endif
