#include "storage/history/query.h"

#include <stdlib.h>

#include "storage/history/query_connection.h"
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

int query_history(struct query *q, enum period p, int64_t from, int64_t to,
		  enum query_form form, FILE *out, struct err *e)
{
	static const char *const selects[] = {
#define SELECT(view)                                                           \
	"SELECT * FROM " view " WHERE start_ts >= ?1 AND start_ts < ?2"        \
	" ORDER BY start_ts"
		[PERIOD_HOUR] = SELECT("hourly"),
		[PERIOD_DAY] = SELECT("daily"),
		[PERIOD_MONTH] = SELECT("monthly"),
		[PERIOD_YEAR] = SELECT("yearly"),
#undef SELECT
	};

	return query_rows(q, selects[p], (int64_t[]){ from, to, 0 },
			  form == QUERY_CSV, out, e);
}

int query_power(struct query *q, int64_t from, int64_t to, int64_t step,
		enum query_form form, FILE *out, struct err *e)
{
	return query_rows(
		q,
		"SELECT ts / ?3 * ?3 AS ts,"
		" CAST(avg(power_import_w) AS INTEGER) AS import_w,"
		" CAST(avg(power_export_w) AS INTEGER) AS export_w,"
		" max(power_import_max_w) AS import_max_w,"
		" max(power_export_max_w) AS export_max_w"
		" FROM electricity WHERE ts >= ?1 AND ts < ?2 GROUP BY 1",
		(int64_t[]){ from, to, step }, form == QUERY_CSV, out, e);
}

int query_meters(struct query *q, enum query_form form, FILE *out,
		 struct err *e)
{
	return query_rows(
		q,
		"SELECT id, medium, identifier, channel, first, last,"
		" first_ts, last_ts FROM meters ORDER BY channel, first",
		(int64_t[3]){ 0 }, form == QUERY_CSV, out, e);
}

int query_newest_time(struct query *q, int64_t *out, struct err *e)
{
	struct stmt s = { 0 };
	int rc;

	query_begin(q);
	rc = stmt_open(&s, q->db,
		       "SELECT ts FROM electricity WHERE time_source <> ?1"
		       " ORDER BY ts DESC LIMIT 1",
		       e);
	if (rc == 0) {
		stmt_bind(&s, 1, TIME_ENTERED);
		rc = stmt_value(&s, 0, out, e);
	}
	stmt_close(&s);
	return query_end(q, rc, e);
}
