/* What was consumed in each period of a span of time: the rows of a report. */
#ifndef REPORTS_SPAN_ROWS_H
#define REPORTS_SPAN_ROWS_H

#include <stddef.h>

#include "reports/step.h"
#include "storage/history/history.h"

struct span_rows {
	struct consumption *row; /* in order of time; malloc'd */
	size_t n, room;
	struct consumption total;
};

/*
 * Load the rows of [from, to). Hours and longer are those of the views; a period
 * that the span cuts counts only for its part in it, and so do quarters, between
 * the counters at both ends. A row has a medium that was read before its end and
 * at its start or later. Returns 0 or a negative code.
 */
int span_rows_load(struct span_rows *r, struct history *h, enum step step,
		   int64_t from, int64_t to, struct err *e);

void span_rows_free(struct span_rows *r); /* safe if zeroed */

/* Add up what is known. */
void span_rows_add(struct consumption *sum, const struct consumption *c);

#endif
