/*
 * Rows as text: an array of JSON objects, which omit unknown values, or lines
 * of CSV. Running out of memory is reported at the end.
 */
#ifndef STORAGE_HISTORY_QUERY_FORMAT_H
#define STORAGE_HISTORY_QUERY_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/span.h"

struct query_format {
	bool csv;
	char *text; /* malloc'd; the caller's after the last row */
	size_t n, room;
	bool full; /* memory ran out */
	long rows;
	int cells; /* in this row */
};

/* Start a row and end it. */
void query_format_open(struct query_format *w);
void query_format_close(struct query_format *w);

/*
 * Add a cell: text, a whole number, a number of thousandths, a UTC time, or
 * text that is already formatted (digits, JSON). Without a name, the value
 * stands alone. An unknown cell is omitted from JSON and empty in CSV.
 */
void query_format_text(struct query_format *w, struct span name,
		       struct span text);
void query_format_whole(struct query_format *w, struct span name, int64_t v);
void query_format_thousandths(struct query_format *w, struct span name,
			      int64_t v);
void query_format_time(struct query_format *w, struct span name, int64_t utc);
void query_format_ready(struct query_format *w, struct span name,
			struct span text);
void query_format_unknown(struct query_format *w);

/* Append text that is not a cell; invisible characters are escaped. */
void query_format_put(struct query_format *w, struct span text);

/* Print a result; an empty one may be NULL. */
void query_format_print(struct span text, FILE *out);

/* Returns 0, or an error if memory ran out. */
int query_format_end(const struct query_format *w, struct err *e);

#endif
