#include "storage/history/comparison.h"

#include "storage/db/stmt.h"
#include "storage/history/local_time.h"

/* Modifiers of SQLite's date(). */
static const struct {
	const char *first; /* the first day of the period of date ?1 */
	const char *length, *back[COMPARISON_WITHS], *forth[COMPARISON_WITHS];
	enum period step;
} spans[] = {
	/* clang-format off */
	[COMPARISON_DAY] = { "date(?1)", "+1 day",
		{ NULL, "-1 day", "-1 year", "-7 days" },
		{ NULL, "+1 day", "+1 year", "+7 days" }, PERIOD_HOUR },
	[COMPARISON_WEEK] = { "date(?1, '-6 days', 'weekday 1')", "+7 days",
		{ NULL, "-7 days", "-364 days" },
		{ NULL, "+7 days", "+364 days" }, PERIOD_DAY },
	[COMPARISON_MONTH] = { "date(?1, 'start of month')", "+1 month",
		{ NULL, "-1 month", "-1 year" },
		{ NULL, "+1 month", "+1 year" }, PERIOD_DAY },
	[COMPARISON_YEAR] = { "date(?1, 'start of year')", "+1 year",
		{ NULL, "-1 year", "-1 year" },
		{ NULL, "+1 year", "+1 year" }, PERIOD_MONTH },
	/* clang-format on */
};

/* Find the bounds of a period whose first day is a column of `s`. */
static int bounds(struct comparison_period *p, sqlite3 *db, struct stmt *s,
		  int column, struct err *e)
{
	int rc;

	*p = (struct comparison_period){ 0 };
	if (stmt_is_null(s, column))
		return 0;
	rc = local_time_day_start(db, stmt_text(s, column), &p->start, e);
	return rc < 0 ? rc
		      : local_time_day_start(db, stmt_text(s, column + 1),
					     &p->end, e);
}

int comparison_find(struct comparison *c, sqlite3 *db, struct span day,
		    struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	struct stmt s = { 0 };
	int rc;

	c->step = spans[c->span].step;
	sqlite3_str_appendf(
		sql,
		"SELECT first, date(first, ?2), earlier, date(earlier, ?2)"
		" FROM (SELECT first, iif(?3 LIKE '%%year' AND"
		" strftime('%%m%%d', first) <>"
		" strftime('%%m%%d', first, ?3), NULL, date(first, ?3))"
		" AS earlier FROM (SELECT %s AS first))",
		spans[c->span].first);
	rc = stmt_open_text(&s, db, sql, e);
	if (rc == 0) {
		stmt_bind_text(&s, 1, day);
		stmt_bind_text(&s, 2, span_of(spans[c->span].length));
		if (spans[c->span].back[c->with] != NULL)
			stmt_bind_text(&s, 3,
				       span_of(spans[c->span].back[c->with]));
		rc = stmt_next(&s, e);
	}
	if (rc > 0)
		rc = bounds(&c->now, db, &s, 0, e);
	if (rc == 0)
		rc = bounds(&c->before, db, &s, 2, e);
	stmt_close(&s);
	return rc;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Find the consumption from out->from to out->to. */
static int measure(struct interpolation *counters, enum medium m,
		   struct comparison_amount *out, struct err *e)
{
	int rc;

	if (out->from >= out->to) {
		*out = (struct comparison_amount){ 0 };
		return 0;
	}
	rc = interpolation_between(counters, m, out->from, out->to, &out->have,
				   out->amount, e);
	return rc < 0 ? rc : 0;
}

/* Find the last whole day of a period of days in progress, if there is one. */
static int end_whole_day(const struct comparison *c, sqlite3 *db,
			 struct comparison_amount *part, struct err *e)
{
	int64_t midnight = part->to;
	int rc = 0;

	if (c->span != COMPARISON_DAY && part->to < c->now.end)
		rc = local_time_day_begin(db, part->to, &midnight, e);
	if (midnight > part->from)
		part->to = midnight;
	return rc;
}

/* Find the parts of both periods that are the same part of the calendar. */
static int find_same(const struct comparison *c, sqlite3 *db, int64_t first,
		     struct comparison_sum *out, struct err *e)
{
	const char *back = spans[c->span].back[c->with];
	const char *forth = spans[c->span].forth[c->with];
	int rc;

	out->same = out->now;
	rc = end_whole_day(c, db, &out->same, e);
	out->before.from = c->before.start;
	out->before.to = c->before.end;
	if (rc == 0 && first > c->before.start) {
		out->before.from = first;
		if (c->span != COMPARISON_DAY)
			rc = local_time_midnight(db, first, &out->before.from,
						 e);
		if (rc == 0)
			rc = local_time_shift(db, out->before.from, forth,
					      &out->same.from, e);
	}
	if (rc == 0 && out->same.to < c->now.end) {
		rc = local_time_shift(db, out->same.to, back, &out->before.to,
				      e);
		out->before.to = least(out->before.to, c->before.end);
	}
	if (out->before.from >= out->before.to ||
	    out->same.from >= out->same.to)
		out->same = out->before = (struct comparison_amount){ 0 };
	return rc;
}

static int find_extent(sqlite3 *db, enum medium m, int64_t *first,
		       int64_t *last, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "SELECT first_ts, last_ts FROM extent WHERE"
			   " medium = ?1 AND first_ts IS NOT NULL",
			   e);

	if (rc == 0) {
		stmt_bind_text(&s, 1, span_of(medium_name(m)));
		rc = stmt_next(&s, e);
	}
	if (rc > 0) {
		*first = stmt_time(&s, 0);
		*last = stmt_time(&s, 1);
	}
	stmt_close(&s);
	return rc;
}

int comparison_add_up(const struct comparison *c, sqlite3 *db,
		      struct interpolation *counters, enum medium m,
		      struct comparison_sum *out, struct err *e)
{
	int64_t first = 0;
	int rc;

	*out = (struct comparison_sum){ .medium = m };
	rc = find_extent(db, m, &first, &out->last, e);
	if (rc <= 0)
		return rc;
	out->now.from = most(c->now.start, first);
	out->now.to = least(c->now.end, out->last);
	if (out->now.from >= out->now.to) {
		out->now = (struct comparison_amount){ 0 };
		return 1;
	}
	rc = 0;
	if (c->before.start < c->before.end && first < c->before.end)
		rc = find_same(c, db, first, out, e);
	if (rc == 0)
		rc = measure(counters, m, &out->now, e);
	if (rc == 0)
		rc = measure(counters, m, &out->same, e);
	if (rc == 0)
		rc = measure(counters, m, &out->before, e);
	return rc < 0 ? rc : 1;
}
