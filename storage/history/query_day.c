/* What is usual, lowest and highest on a day. */
#include "storage/history/query.h"
#include "storage/history/query_connection.h"

int query_usual_day(struct query *q, const char *day, int64_t until,
		    struct usual_day *out, struct err *e)
{
	struct interpolation counters;
	int rc;

	query_begin(q);
	interpolation_open(&counters, q->db);
	rc = usual_day_find(out, q->db, &counters, span_of(day), until, e);
	interpolation_close(&counters);
	return query_end(q, rc, e);
}
