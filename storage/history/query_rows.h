/* Internal: queries whose result is the rows of a SELECT, as text. */
#ifndef STORAGE_HISTORY_QUERY_ROWS_H
#define STORAGE_HISTORY_QUERY_ROWS_H

#include "storage/history/query_connection.h"
#include "storage/history/query_format.h"

/* A query; each is a constant. */
struct query_select {
	const char *sql; /* with up to three numbers for ?1, ?2, ?3 */
	/*
	 * How each column is written: 'v', its value; 'm', a number of
	 * thousandths; 't', a time in UTC; 'j', JSON. Columns after its end are
	 * values.
	 */
	const char *cells;
	bool one; /* only the first row, as an object, if any */
	/* Write the rows; NULL writes one for each row of the SELECT. */
	int (*rows)(struct query *q, struct stmt *s, const int64_t v[3],
		    struct query_format *w, struct err *e);
};

/*
 * Run a query and print its rows, as an array of JSON objects or as CSV with a
 * line of names. `select` must stay unchanged until the query is closed.
 * Returns 0, a code of query_end, or ERR_USAGE for too many rows.
 */
int query_rows(struct query *q, const struct query_select *select,
	       const int64_t v[3], bool csv, FILE *out, struct err *e);

#endif
