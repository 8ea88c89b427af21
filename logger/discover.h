/*
 * Diagnose the P1 port: listen for a while, find port, speed and framing, print
 * everything that the meter sends, and what is wrong if it sends nothing.
 */
#ifndef LOGGER_DISCOVER_H
#define LOGGER_DISCOVER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "logger/diagnose/print_report.h"
#include "telegram/reader.h"

struct discover_options {
	const char *port;	   /* "" tries all candidates */
	struct reader_options how; /* for reading telegrams; keys are
				      borrowed */
	const char *capture;	   /* file for the raw bytes; NULL if none */
	struct report_how report;
	/* Name its held readings, if readable; NULL if none. */
	const char *database;
	int64_t wait_s; /* maximum time to listen */
	const struct clock *clock;
};

/*
 * Listen and write a report to `out`. Returns 0 if telegrams arrived, else the
 * code of the finding; the report explains it, so e->text is "".
 */
int discover_run(const struct discover_options *o, FILE *out, struct err *e);

#endif
