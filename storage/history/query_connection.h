/*
 * Internal: a read-only connection whose questions have a limit. The questions
 * are in the other query*.c.
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
 * A prepared SELECT: to prepare one of a view takes longer than to answer it.
 */
struct query_prepared {
	const char *sql; /* NULL: none */
	struct stmt s;
};

struct query {
	sqlite3 *db;
	struct query_prepared prepared[QUERY_PREPARED];
	int next;		/* the next of them to be replaced */
	struct stmt *running;	/* reset by query_end; NULL: none */
	struct held_list *held; /* NULL until it is asked for */
	struct query_cache memory;
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
 * The statement of a question, which is prepared once: `sql` is known by its
 * address and must stay unchanged until the query is closed. NULL and *e: out
 * of memory.
 */
struct stmt *query_statement(struct query *q, const char *sql, struct err *e);

/* As query_version, within a question. */
int query_connection_version(struct query *q, int64_t *version, struct err *e);

/*
 * End a question with the result `rc`: 0 for 0 or more; ERR_BUSY if it failed
 * because the time was up; else rc, with *e unchanged. Its statement lets go of
 * the database.
 */
int query_end(struct query *q, int rc, struct err *e);

/* Count row number n. Returns 0, or ERR_USAGE if that is too many. */
int query_count(struct query *q, long n, struct err *e);

#endif
