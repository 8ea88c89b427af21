/*
 * Internal: a read-only connection whose questions have a limit, and the rows
 * of an answer as text. The questions are in query*.c.
 */
#ifndef STORAGE_HISTORY_QUERY_CONNECTION_H
#define STORAGE_HISTORY_QUERY_CONNECTION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "storage/db/stmt.h"

enum { QUERY_PREPARED = 8 };

/*
 * A prepared SELECT: to prepare one of a view takes longer than to answer it.
 */
struct query_prepared {
	const char *select; /* NULL: none */
	bool csv;
	struct stmt s;
};

struct query {
	sqlite3 *db;
	struct query_prepared prepared[QUERY_PREPARED];
	int next; /* the next of them to be replaced */
	const struct clock *clock;
	long ms, rows; /* limits of a question's time and an answer's rows */
	int64_t work_until_ms; /* processor time: the end of its share */
	int64_t until_ms; /* monotonic: the end, however busy the machine is */
	const atomic_bool *cancelled; /* by another thread; NULL: by none */
	bool too_large;		      /* as query_was_too_large says */
};

/* Open the database at `path`; errors as for db_open_reader. */
int query_connect(struct query *q, const char *path, struct err *e);
void query_disconnect(struct query *q);

/* Start the time of a question. */
void query_begin(struct query *q);

/*
 * Convert the result `rc` of a question: 0 for 0 or more; ERR_BUSY if it failed
 * because the time was up; else rc, with *e unchanged.
 */
int query_end(struct query *q, int rc, struct err *e);

/* Count row number n. Returns 0, or ERR_USAGE if that is too many. */
int query_count(struct query *q, long n, struct err *e);

/*
 * Answer a question: print the rows of a SELECT, as an array of JSON objects or
 * as CSV with a line of names, with up to three numbers for ?1, ?2, ?3.
 * `select` must stay unchanged until the query is closed. Returns 0, a code of
 * query_end, or ERR_USAGE for too many rows; `out` may have been written to.
 */
int query_rows(struct query *q, const char *select, const int64_t v[3],
	       bool csv, FILE *out, struct err *e);

/* Answer a question: print the text that a statement returns, if any. */
int query_text(struct query *q, struct stmt *s, FILE *out, struct err *e);

#endif
