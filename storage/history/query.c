#include "storage/history/query.h"

#include <stdlib.h>

#include "storage/history/query_rows.h"
#include "telegram/reading.h"

struct query *query_open(const char *path, const struct query_limits *limits,
			 struct err *e)
{
	struct query *q = calloc(1, sizeof(*q));

	if (q == NULL) {
		err_memory(e);
		return NULL;
	}
	*q = (struct query){ .clock = limits->clock,
			     .ms = limits->ms,
			     .rows = limits->rows,
			     .cancelled = limits->cancelled };
	if (query_connect(q, path, e) < 0) {
		free(q);
		return NULL;
	}
	return q;
}

void query_close(struct query *q)
{
	if (q != NULL)
		query_disconnect(q);
	free(q);
}

bool query_was_too_large(struct query *q)
{
	bool was = q->too_large;

	q->too_large = false;
	return was;
}

int query_version(struct query *q, int64_t *out, struct err *e)
{
	query_begin(q);
	return query_end(q, query_connection_version(q, out, e), e);
}

int query_meters(struct query *q, enum query_form form, FILE *out,
		 struct err *e)
{
	static const struct query_select select = {
		.sql = "SELECT id, medium, identifier, channel, first, last,"
		       " first_ts, last_ts FROM meters ORDER BY channel, first",
	};

	return query_rows(q, &select, (int64_t[3]){ 0 }, form == QUERY_CSV, out,
			  e);
}

int query_newest_time(struct query *q, int64_t *out, struct err *e)
{
	struct stmt *s;

	query_begin(q);
	s = query_statement(q,
			    "SELECT ts FROM electricity WHERE time_source <> ?1"
			    " ORDER BY ts DESC LIMIT 1",
			    e);
	if (s != NULL)
		stmt_bind(s, 1, TIME_ENTERED);
	return query_end(q, s != NULL ? stmt_value(s, 0, out, e) : e->code, e);
}

int query_tariff_order(struct query *q, enum tariff_order *out, struct err *e)
{
	query_begin(q);
	return query_end(q, tariff_order_find(q->db, out, e), e);
}
