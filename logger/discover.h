/*
 * What hangs at the P1 port? Listens for a while, finds port, speed and
 * framing, prints all that the meter sends and what is wrong when it does not.
 */
#ifndef LOGGER_DISCOVER_H
#define LOGGER_DISCOVER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "logger/report.h"
#include "telegram/reader.h"

struct discover_options {
	const char *port;	   /* "" looks at all that may be one */
	struct reader_options how; /* to read telegrams; the keys borrowed */
	const char *capture; /* file for the bytes that came; NULL: none */
	struct report_how report;
	/* Whose held readings are named, when it can be read; NULL: none. */
	const char *database;
	int64_t wait_s; /* the longest time to listen */
	const struct clock *clock;
};

/*
 * Listen and write a report to `out`. 0 when telegrams came; else the code of
 * the finding, which the report tells: e->text is "" then.
 */
int discover_run(const struct discover_options *o, FILE *out, struct err *e);

#endif
