/*
 * Within the room: a read-only connection whose questions have an end, and the
 * rows of an answer as text. What is asked is in storage/query*.c.
 */
#ifndef STORAGE_HISTORY_QUERY_RUN_H
#define STORAGE_HISTORY_QUERY_RUN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "storage/db/stmt.h"

enum { QUERY_PREPARED = 8 };

/* A SELECT as it was prepared: that of a view takes longer than its answer. */
struct query_prepared {
	const char *select; /* NULL: none */
	bool csv;
	struct stmt s;
};

struct query {
	sqlite3 *db;
	struct query_prepared prepared[QUERY_PREPARED];
	int next; /* of them to be given up */
	const struct clock *clock;
	long ms, rows; /* that a question may take, an answer may have */
	int64_t work_until_ms; /* processor time: the end of its share */
	int64_t until_ms; /* monotonic: the end, however busy the machine is */
	const atomic_bool *cancelled; /* by another thread; NULL: by none */
	bool too_large;		      /* as query_was_too_large says */
};

/* Open the database at `path`; errors as db_open_reader's. */
int query_connect(struct query *q, const char *path, struct err *e);
void query_disconnect(struct query *q);

/* The time of a question begins. */
void query_begin(struct query *q);

/*
 * What became of a question that SQLite answered with `rc`: 0 for 0 or more;
 * ERR_BUSY when it failed because the time was over; else rc, with *e as it is.
 */
int query_end(struct query *q, int rc, struct err *e);

/* One row more, the n-th: 0, or ERR_USAGE when that is too many. */
int query_count(struct query *q, long n, struct err *e);

/*
 * A whole question: the rows of a SELECT, as an array of JSON objects or as CSV
 * with a line of names, with up to three numbers for ?1, ?2, ?3. `select` stays
 * what it is until the query is closed. 0, or a code as query_end, or ERR_USAGE
 * for too many rows; `out` may have been written to.
 */
int query_rows(struct query *q, const char *select, const int64_t v[3],
	       bool csv, FILE *out, struct err *e);

/* A whole question: the one text that a statement gives, if it gives one. */
int query_text(struct query *q, struct stmt *s, FILE *out, struct err *e);

#endif
