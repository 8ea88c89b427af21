/* The gaps of a period. */
#include "storage/history/query.h"
#include "storage/history/query_connection.h"

/* A gap that has not ended is the last of its medium. */
static int list_gaps(struct query *q, struct interpolation *counters,
		     enum medium m, const struct query_gaps *of,
		     void (*row)(void *ctx, const struct gap *g), void *ctx,
		     struct err *e)
{
	int64_t now = clock_utc(q->clock);
	struct gap g;
	int rc = gap_list(q->db, counters, m, of->from, of->to, of->shortest,
			  row, ctx, e);

	if (rc < 0 || now < of->from)
		return rc;
	rc = gap_list_open(q->db, m, now, of->heard, &g, e);
	if (rc > 0 && g.start < of->to)
		row(ctx, &g);
	return rc;
}

int query_gaps(struct query *q, const struct query_gaps *of,
	       void (*row)(void *ctx, const struct gap *g), void *ctx,
	       struct err *e)
{
	struct interpolation counters;
	int rc = 0;

	query_begin(q);
	interpolation_open(&counters, q->db);
	for (int i = 0; i < SERIES_GAPS && rc >= 0; i++)
		rc = list_gaps(q, &counters, series_gaps[i].medium, of, row,
			       ctx, e);
	interpolation_close(&counters);
	return query_end(q, rc, e);
}
