#include "storage/history/period_cursor.h"

/* The hourly view is searched by its days, the others by their own start. */
static const struct {
	const char *view, *only, *order;
} walks[PERIOD_COUNT] = {
	[PERIOD_HOUR] = { "hourly_wh",
			  " AND day >= ifnull((SELECT day FROM calendar_day"
			  " WHERE start_ts <= ?1 ORDER BY start_ts DESC LIMIT 1), '')"
			  " AND day <= (SELECT day FROM calendar_day"
			  " WHERE start_ts < ?2 ORDER BY start_ts DESC LIMIT 1)",
			  "day, start_ts" },
	[PERIOD_DAY] = { "daily_wh", "", "start_ts" },
	[PERIOD_MONTH] = { "monthly_wh", "", "start_ts" },
	[PERIOD_YEAR] = { "yearly_wh", "", "start_ts" },
};

static int open_walk(struct period_cursor *w, sqlite3 *db, enum period p,
		     struct err *e)
{
	sqlite3_str *sql;

	if (stmt_is_open(&w->of[p]))
		return 0;
	sql = sqlite3_str_new(db);
	sqlite3_str_appendall(sql, "SELECT start_ts, end_ts");
	for (int s = 0; s < SERIES_COUNT; s++)
		sqlite3_str_appendf(sql, ", %s", series[s].column);
	for (int i = 0; i < SERIES_GAPS; i++)
		sqlite3_str_appendf(sql, ", %s", series_gaps[i].column);
	sqlite3_str_appendf(
		sql,
		" FROM %s WHERE start_ts >= ?1 AND start_ts < ?2%s ORDER BY %s",
		walks[p].view, walks[p].only, walks[p].order);
	return stmt_open_text(&w->of[p], db, sql, e);
}

int period_cursor_begin(struct period_cursor *w, sqlite3 *db, enum period p,
			int64_t from, int64_t to, struct err *e)
{
	int rc = open_walk(w, db, p, e);

	if (rc < 0)
		return rc;
	w->now = p;
	stmt_reset(&w->of[p]);
	stmt_bind(&w->of[p], 1, from);
	stmt_bind(&w->of[p], 2, to);
	return 0;
}

int period_cursor_next(struct period_cursor *w, struct consumption *out,
		       struct err *e)
{
	struct stmt *s = &w->of[w->now];
	int rc = stmt_next(s, e);
	int column = 2;

	if (rc <= 0)
		return rc;
	*out = (struct consumption){ .start = stmt_time(s, 0),
				     .end = stmt_time(s, 1) };
	for (int m = 0; m < MEDIUM_COUNT; m++)
		out->gap_s[m] = -1;
	for (int i = 0; i < SERIES_COUNT; i++, column++) {
		if (stmt_is_null(s, column))
			continue;
		out->have |= UINT32_C(1) << i;
		out->amount[i] = stmt_int(s, column);
	}
	for (int i = 0; i < SERIES_GAPS; i++, column++)
		if (!stmt_is_null(s, column))
			out->gap_s[series_gaps[i].medium] =
				stmt_time(s, column);
	return 1;
}

void period_cursor_close(struct period_cursor *w)
{
	for (int p = 0; p < PERIOD_COUNT; p++)
		stmt_close(&w->of[p]);
}
