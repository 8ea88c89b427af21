/*
 * Queries of a period compared with an earlier one, of a selection, and of the
 * days in them.
 */
#include "storage/history/query.h"
#include "storage/history/query_connection.h"
#include "storage/history/standing_charge_days.h"

int query_comparison(struct query *q, struct comparison *c, const char *day,
		     struct err *e)
{
	query_begin(q);
	return query_end(q, comparison_find(c, q->db, span_of(day), e), e);
}

int query_comparison_sums(struct query *q, const struct comparison *c,
			  void (*row)(void *ctx,
				      const struct comparison_sum *sum),
			  void *ctx, struct err *e)
{
	struct interpolation counters;
	struct comparison_sum sum;
	int rc = 0;

	query_begin(q);
	interpolation_open(&counters, q->db);
	for (int i = 0; i < SERIES_GAPS && rc >= 0; i++) {
		rc = comparison_add_up(c, q->db, &counters,
				       series_gaps[i].medium, &sum, e);
		if (rc > 0)
			row(ctx, &sum);
	}
	interpolation_close(&counters);
	return query_end(q, rc, e);
}

int query_selection(struct query *q, int64_t from, int64_t to,
		    void (*row)(void *ctx, const struct selection_sum *s),
		    void *ctx, struct err *e)
{
	struct interpolation counters;
	int rc;

	query_begin(q);
	interpolation_open(&counters, q->db);
	rc = selection_add_up(q->db, &counters, from, to, row, ctx, e);
	interpolation_close(&counters);
	return query_end(q, rc, e);
}

int query_local_time(struct query *q, int64_t t, char text[LOCAL_TIME_TEXT],
		     struct err *e)
{
	query_begin(q);
	return query_end(q, local_time_format(q->db, t, text, e), e);
}

int query_days_started(struct query *q, int64_t from, int64_t to, int64_t *out,
		       struct err *e)
{
	query_begin(q);
	return query_end(q,
			 standing_charge_days_started(
				 q->db, from, to, clock_utc(q->clock), out, e),
			 e);
}

int query_days_whole(struct query *q, int64_t from, int64_t to, int64_t *out,
		     struct err *e)
{
	query_begin(q);
	return query_end(q,
			 standing_charge_days_whole(
				 q->db, from, to, clock_utc(q->clock), out, e),
			 e);
}
