/* The rows of a report: what was consumed in each period of a time span. */
#ifndef REPORTS_SPAN_ROWS_H
#define REPORTS_SPAN_ROWS_H

#include <stddef.h>

#include "reports/step.h"
#include "storage/history/history.h"

struct span_rows {
	struct consumption *row; /* in chronological order; malloc'd */
	size_t n, room;
	struct consumption total;
};

/*
 * Load the rows of [from, to). Hours and longer periods come from the views. A
 * period that the span cuts off, and each quarter, is the difference between
 * the counters at both ends of its part in the span. A row has a medium if it
 * was read before the row's end, and at its start or later. Returns 0 or a
 * negative code.
 */
int span_rows_load(struct span_rows *r, struct history *h, enum step step,
		   int64_t from, int64_t to, struct err *e);

void span_rows_free(struct span_rows *r); /* safe if zeroed */

/* Add the known amounts of *c to *sum. */
void span_rows_add(struct consumption *sum, const struct consumption *c);

#endif
