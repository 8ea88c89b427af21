/* The consumption in each period, for costs. */
#include "storage/history/query.h"
#include "storage/history/query_connection.h"

#define COLUMN(id, name, unit, medium, from) ", " #name SERIES_SMALL_##unit

/* clang-format off */
/* Also counts the days that have ended or started, and have a reading. */
#define SELECT(label, view)                                                   \
	"SELECT " label ", start_ts, end_ts, (SELECT count(*) FROM"           \
	" calendar_day AS d WHERE d.start_ts >= v.start_ts"                   \
	" AND d.start_ts < v.end_ts AND d.start_ts <= ?3"                     \
	" AND d.end_ts > (SELECT min(ts) FROM electricity))" SERIES(COLUMN)   \
	" FROM " view " AS v WHERE start_ts >= ?1 AND start_ts < ?2"          \
	" ORDER BY start_ts"
/* clang-format on */

static const char *const selects[] = {
	[PERIOD_HOUR] = SELECT("hour", "hourly_wh"),
	[PERIOD_DAY] = SELECT("day", "daily_wh"),
	[PERIOD_MONTH] = SELECT("month", "monthly_wh"),
	[PERIOD_YEAR] = SELECT("year", "yearly_wh"),
};

static void read_row(struct stmt *s, struct query_cost_amounts *a)
{
	enum { FIRST = 4 }; /* column of the series */

	*a = (struct query_cost_amounts){
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

int query_cost_amounts(struct query *q, enum period p, int64_t from, int64_t to,
		       void (*row)(void *ctx,
				   const struct query_cost_amounts *a),
		       void *ctx, struct err *e)
{
	struct query_cost_amounts a;
	struct stmt *s;
	long n = 0;
	int rc;

	query_begin(q);
	s = query_statement(q, selects[p], e);
	rc = s != NULL ? 0 : e->code;
	if (rc == 0)
		stmt_bind_all(s, (int64_t[]){ from, to, clock_utc(q->clock) },
			      3);
	while (rc >= 0 && (rc = stmt_next(s, e)) > 0) {
		rc = query_count(q, ++n, e);
		if (rc < 0)
			break;
		read_row(s, &a);
		row(ctx, &a);
	}
	return query_end(q, rc, e);
}
