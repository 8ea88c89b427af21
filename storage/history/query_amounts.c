/* What was consumed in each period, for costs. */
#include "storage/history/query.h"
#include "storage/history/query_connection.h"

static const struct {
	const char *view, *label;
} views[] = {
	[PERIOD_HOUR] = { "hourly_wh", "hour" },
	[PERIOD_DAY] = { "daily_wh", "day" },
	[PERIOD_MONTH] = { "monthly_wh", "month" },
	[PERIOD_YEAR] = { "yearly_wh", "year" },
};

/* Days that have ended or started, and that have a reading. */
static int open_rows(struct stmt *s, struct query *q, enum period p,
		     struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(q->db);

	sqlite3_str_appendf(
		sql,
		"SELECT %s, start_ts, end_ts, (SELECT count(*) FROM"
		" calendar_day AS d WHERE d.start_ts >= v.start_ts"
		" AND d.start_ts < v.end_ts AND d.start_ts <= ?3"
		" AND d.end_ts > (SELECT min(ts) FROM electricity))",
		views[p].label);
	for (int i = 0; i < SERIES_COUNT; i++)
		sqlite3_str_appendf(sql, ", %s", series[i].column);
	sqlite3_str_appendf(sql,
			    " FROM %s AS v WHERE start_ts >= ?1"
			    " AND start_ts < ?2 ORDER BY start_ts",
			    views[p].view);
	return stmt_open_text(s, q->db, sql, e);
}

static void read_row(struct stmt *s, struct query_amounts *a)
{
	enum { FIRST = 4 }; /* column of the series */

	*a = (struct query_amounts){
		.label = stmt_text(s, 0),
		.start = stmt_time(s, 1),
		.end = stmt_time(s, 2),
		.days = stmt_int(s, 3),
	};
	for (int i = 0; i < SERIES_COUNT; i++) {
		a->known[i] = !stmt_is_null(s, FIRST + i);
		a->of[i] = stmt_int(s, FIRST + i);
	}
}

int query_amounts(struct query *q, enum period p, int64_t from, int64_t to,
		  void (*row)(void *ctx, const struct query_amounts *a),
		  void *ctx, struct err *e)
{
	struct query_amounts a;
	struct stmt s = { 0 };
	long n = 0;
	int rc;

	query_begin(q);
	rc = open_rows(&s, q, p, e);
	if (rc == 0) {
		stmt_bind(&s, 1, from);
		stmt_bind(&s, 2, to);
		stmt_bind(&s, 3, clock_utc(q->clock));
	}
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		rc = query_count(q, ++n, e);
		if (rc < 0)
			break;
		read_row(&s, &a);
		row(ctx, &a);
	}
	stmt_close(&s);
	return query_end(q, rc, e);
}
