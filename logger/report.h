/* What --discover prints, in lines of a terminal. */
#ifndef LOGGER_REPORT_H
#define LOGGER_REPORT_H

#include <stdio.h>

#include "logger/probe.h"

/* What to hide, and which settings are there already: "" where none is. */
struct report_how {
	bool redact; /* mask what tells households apart */
	const char *key_file, *auth_key_file, *utc_offset;
};

/*
 * The port, the meter, every line that it sends, and settings for it; the port
 * has given a telegram. 0, or ERR_FAILED: memory is short.
 */
int report_meter(const struct probe *p, const struct evidence *ev,
		 const struct report_how *how, FILE *out, struct err *e);

/* What is wrong, and what to do. */
void report_findings(const struct evidence *ev, const enum finding *found,
		     size_t n, FILE *out);

/* Which meter's readings are all held, as review_sentence says it. */
void report_stuck(const char *sentence, FILE *out);

/* What was written to the file of --capture. */
void report_capture(const char *file, bool redact, size_t telegrams, FILE *out);

#endif
