#include "storage/history/query.h"
#include "storage/history/query_run.h"

int query_stuck(struct query *q,
		void (*row)(void *ctx, const struct review_entry *entry,
			    int64_t since),
		void *ctx, struct err *e)
{
	struct review_entry entry;
	struct review *r;
	int64_t since;
	int rc;

	query_begin(q);
	r = review_stuck(q->db, e);
	rc = r != NULL ? 0 : e->code;
	while (rc >= 0 && (rc = review_next_stuck(r, &entry, &since, e)) > 0)
		row(ctx, &entry, since);
	review_close(r);
	return query_end(q, rc, e);
}

int query_others(struct query *q,
		 void (*row)(void *ctx, const struct review_other *other),
		 void *ctx, struct err *e)
{
	struct review_other other;
	struct review *r;
	int rc;

	query_begin(q);
	r = review_stuck(q->db, e);
	rc = r != NULL ? 0 : e->code;
	while (rc >= 0 && (rc = review_next_other(r, &other, e)) > 0)
		row(ctx, &other);
	review_close(r);
	return query_end(q, rc, e);
}
