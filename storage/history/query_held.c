/*
 * Queries of meters whose readings are all held, and of meters that are not the
 * house's.
 */
#include "storage/history/query.h"
#include "storage/history/query_connection.h"

/* Start a query of held readings. Returns NULL and sets *e on an error. */
static struct held_list *begin(struct query *q, struct err *e)
{
	query_begin(q);
	if (q->held == NULL)
		q->held = held_list_stuck(q->db, e);
	return q->held;
}

int query_stuck(struct query *q,
		void (*row)(void *ctx, const struct held_list_entry *entry,
			    int64_t since),
		void *ctx, struct err *e)
{
	struct held_list_entry entry;
	struct held_list *r = begin(q, e);
	int64_t since;
	int rc = r != NULL ? 0 : e->code;

	while (rc >= 0 && (rc = held_list_next_stuck(r, &entry, &since, e)) > 0)
		row(ctx, &entry, since);
	return query_end(q, rc, e);
}

int query_held_counts(struct query *q,
		      void (*row)(void *ctx, struct span medium, int64_t n),
		      void *ctx, struct err *e)
{
	struct stmt *s;
	int rc;

	query_begin(q);
	s = query_statement(q, held_list_counts, e);
	rc = s != NULL ? 0 : e->code;
	while (rc >= 0 && (rc = stmt_next(s, e)) > 0)
		row(ctx, stmt_text(s, 0), stmt_int(s, 1));
	return query_end(q, rc, e);
}

int query_others(struct query *q,
		 void (*row)(void *ctx, const struct held_list_other *other),
		 void *ctx, struct err *e)
{
	struct held_list_other other;
	struct held_list *r = begin(q, e);
	int rc = r != NULL ? 0 : e->code;

	while (rc >= 0 && (rc = held_list_next_other(r, &other, e)) > 0)
		row(ctx, &other);
	return query_end(q, rc, e);
}
