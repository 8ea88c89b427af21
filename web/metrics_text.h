/*
 * Prometheus' text format, version 0.0.4. Source: prometheus.io,
 * "Exposition formats", and for names and units "Metric and label naming".
 */
#ifndef WEB_METRICS_TEXT_H
#define WEB_METRICS_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/span.h"

struct metric {
	const char *name; /* without "p1_" */
	const char *help; /* a sentence */
	bool counter;	  /* else a gauge */
};

/* Write the head of a metric, above its samples. */
void metrics_text_head(FILE *out, const struct metric *m);

/* Write the head and the only sample of a metric without labels. */
void metrics_text_one(FILE *out, const struct metric *m, int64_t value);

/* Write `NAME="TEXT"` after `before`: "{" or ",". */
void metrics_text_label(FILE *out, const char *before, const char *name,
			struct span text);

#endif
