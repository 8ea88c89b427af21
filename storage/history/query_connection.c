#include "storage/history/query_connection.h"

#include "storage/db/db.h"

enum {
	STEPS = 1000, /* SQLite instructions between two checks of the clocks */
	PATIENCE = 6, /* a query may last this many times its processor time */
};

static bool takes_too_much(const struct query *q)
{
	return clock_work_ms(q->clock) > q->work_until_ms;
}

static bool is_late(const struct query *q)
{
	return takes_too_much(q) || clock_monotonic_ms(q->clock) > q->until_ms;
}

static bool is_cancelled(const struct query *q)
{
	return q->cancelled != NULL && *q->cancelled;
}

static int is_over(void *ctx)
{
	const struct query *q = ctx;

	return is_cancelled(q) || is_late(q);
}

void query_begin(struct query *q)
{
	q->work_until_ms = clock_work_ms(q->clock) + q->ms;
	q->until_ms = clock_monotonic_ms(q->clock) + PATIENCE * q->ms;
}

int query_end(struct query *q, int rc, struct err *e)
{
	if (q->running != NULL)
		stmt_reset(q->running);
	q->running = NULL;
	if (rc >= 0)
		return 0;
	if (rc != ERR_FAILED || !is_late(q))
		return rc;
	if (!takes_too_much(q))
		return err_set(e, ERR_BUSY,
			       "the machine is too busy: there was no answer "
			       "within %ld ms; try again later",
			       PATIENCE * q->ms);
	q->too_large = !is_cancelled(q);
	return err_set(e, ERR_BUSY,
		       "it takes more than %ld ms of processor time: "
		       "ask for less",
		       q->ms);
}

int query_count(struct query *q, long n, struct err *e)
{
	if (n <= q->rows)
		return 0;
	q->too_large = true;
	return err_set(e, ERR_USAGE, "more than %ld rows: ask for less",
		       q->rows);
}

int query_connect(struct query *q, const char *path, struct err *e)
{
	if (db_open_reader(&q->db, path, e) < 0)
		return e->code;
	sqlite3_busy_timeout(q->db, (int)q->ms);
	sqlite3_progress_handler(q->db, STEPS, is_over, q);
	return 0;
}

void query_disconnect(struct query *q)
{
	held_list_close(q->held);
	query_cache_clear(&q->memory);
	for (int i = 0; i < QUERY_PREPARED; i++)
		stmt_close(&q->prepared[i].s);
	db_close(q->db);
}

static struct query_prepared *find(struct query *q, const char *sql)
{
	for (int i = 0; i < QUERY_PREPARED; i++)
		if (q->prepared[i].sql == sql)
			return &q->prepared[i];
	return NULL;
}

/*
 * Replaces the statement that was prepared longest ago. Returns NULL and sets
 * *e on an error.
 */
static struct query_prepared *prepare(struct query *q, const char *sql,
				      struct err *e)
{
	struct query_prepared *p = &q->prepared[q->next];

	stmt_close(&p->s);
	p->sql = NULL;
	if (stmt_open(&p->s, q->db, sql, e) < 0)
		return NULL;
	p->sql = sql;
	q->next = (q->next + 1) % QUERY_PREPARED;
	return p;
}

struct stmt *query_statement(struct query *q, const char *sql, struct err *e)
{
	struct query_prepared *p = find(q, sql);

	if (p == NULL)
		p = prepare(q, sql, e);
	q->running = p != NULL ? &p->s : NULL;
	return q->running;
}

int query_connection_version(struct query *q, int64_t *version, struct err *e)
{
	struct stmt *s = query_statement(q, "PRAGMA data_version", e);

	return s != NULL ? stmt_value(s, 0, version, e) : e->code;
}
