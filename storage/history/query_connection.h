/*
 * Internal: a read-only connection whose queries are limited. The queries are
 * in the other query*.c.
 */
#ifndef STORAGE_HISTORY_QUERY_CONNECTION_H
#define STORAGE_HISTORY_QUERY_CONNECTION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "storage/db/stmt.h"
#include "storage/history/held_list.h"
#include "storage/history/query_cache.h"

enum { QUERY_PREPARED = 16 };

/*
 * A prepared SELECT: preparing one that reads a view takes longer than running
 * it.
 */
struct query_prepared {
	const char *sql; /* NULL if none */
	struct stmt s;
};

struct query {
	sqlite3 *db;
	struct query_prepared prepared[QUERY_PREPARED];
	int next;		/* index of the next one to replace */
	struct stmt *running;	/* reset by query_end; NULL if none */
	struct held_list *held; /* NULL until it is needed */
	struct query_cache memory;
	const struct clock *clock;
	long ms, rows; /* limits of a query's time and its result's rows */
	int64_t work_until_ms; /* end of its processor time */
	int64_t until_ms; /* monotonic: the end, however busy the machine is */
	const atomic_bool *cancelled; /* set by another thread; may be NULL */
	bool too_large;		      /* see query_was_too_large */
};

/* Open the database at `path`; errors as for db_open_reader. */
int query_connect(struct query *q, const char *path, struct err *e);
void query_disconnect(struct query *q);

/* Start the clock of a query. */
void query_begin(struct query *q);

/*
 * Returns the statement of a query, which is prepared once: `sql` is identified
 * by its address and must stay unchanged until q is closed. Returns NULL and
 * sets *e if out of memory.
 */
struct stmt *query_statement(struct query *q, const char *sql, struct err *e);

/* Like query_version, within a query. */
int query_connection_version(struct query *q, int64_t *version, struct err *e);

/*
 * End a query that gave `rc`, and release the database. Returns 0 if rc is 0 or
 * more; ERR_BUSY if it failed because the time was up; else rc, with *e
 * unchanged.
 */
int query_end(struct query *q, int rc, struct err *e);

/* Count row number n. Returns 0, or ERR_USAGE if there are too many rows. */
int query_count(struct query *q, long n, struct err *e);

#endif
