/* A reading in the format of Prometheus: docs/web.md lists the metrics. */
#ifndef WEB_METRICS_READING_H
#define WEB_METRICS_READING_H

#include <stdbool.h>
#include <stdio.h>

#include "storage/history/query.h"

/*
 * Write the values of a JSON line: its counters and, if it is `recent`, what it
 * measured at that moment. `q` reads the line; if it fails, the part that was
 * read is written.
 */
void metrics_reading(struct query *q, struct span line, bool recent, FILE *out);

#endif
