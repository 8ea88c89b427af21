/*
 * Rows as text: an array of JSON objects without what is unknown, or lines of
 * CSV. Memory that runs out is noticed at the end.
 */
#ifndef STORAGE_HISTORY_QUERY_WRITER_H
#define STORAGE_HISTORY_QUERY_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

struct query_writer {
	bool csv;
	char *text; /* malloc'd; the caller's once all rows are written */
	size_t n, room;
	bool full; /* memory ran out */
	long rows;
	int cells; /* of this row */
};

/* Start a row and end it. */
void query_writer_open(struct query_writer *w);
void query_writer_close(struct query_writer *w);

/*
 * Add a cell: text, a whole number, a number of thousandths, a UTC time, or what
 * is ready (digits, JSON); without a name what stands alone. An unknown cell is
 * absent from JSON and empty in CSV.
 */
void query_writer_text(struct query_writer *w, struct span name,
		       struct span text);
void query_writer_whole(struct query_writer *w, struct span name, int64_t v);
void query_writer_thousandths(struct query_writer *w, struct span name,
			      int64_t v);
void query_writer_time(struct query_writer *w, struct span name, int64_t utc);
void query_writer_ready(struct query_writer *w, struct span name,
			struct span text);
void query_writer_unknown(struct query_writer *w);

/* Add what is not a cell; characters that cannot be seen are escaped. */
void query_writer_put(struct query_writer *w, struct span text);

/* Returns 0, or an error if memory ran out. */
int query_writer_end(const struct query_writer *w, struct err *e);

#endif
