/* The report of --discover, formatted for a terminal. */
#ifndef LOGGER_DIAGNOSE_PRINT_REPORT_H
#define LOGGER_DIAGNOSE_PRINT_REPORT_H

#include <stdio.h>

#include "logger/diagnose/probe.h"

/* Masking, and settings that exist already ("": not set). */
struct report_how {
	bool redact; /* mask what identifies a household */
	const char *key_file, *auth_key_file, *utc_offset;
};

/*
 * Print the port, the meter, all its lines and suggested settings. The port
 * must have delivered a telegram. Returns 0, or ERR_FAILED if out of memory.
 */
int report_meter(const struct probe *p, const struct evidence *ev,
		 const struct report_how *how, FILE *out, struct err *e);

/* Print the problems and solutions. */
void report_findings(const struct evidence *ev, const enum finding *found,
		     size_t n, FILE *out);

/*
 * Print a finding about the database: its keyword and a sentence from
 * held_list.h.
 */
void report_stored(const char *word, const char *sentence, FILE *out);

/* Say what --capture has written to the file. */
void report_capture(const char *file, bool redact, size_t telegrams, FILE *out);

#endif
