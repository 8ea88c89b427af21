#include "storage/history/gap_list.h"

#include "base/utc.h"
#include "storage/db/stmt.h"

enum { SLOWER = 3, NEVER = -1 };

struct finder {
	struct stmt wide;	   /* boundaries with a gap around them */
	struct stmt before, after; /* the reading before ?1, after ?1 */
};

static const char *column_of(enum medium m)
{
	for (int i = 0; i < SERIES_GAPS; i++)
		if (series_gaps[i].medium == m)
			return series_gaps[i].column;
	return NULL;
}

static const char *unit_of(enum medium m)
{
	for (int s = 0; s < SERIES_COUNT; s++)
		if (series[s].medium == m)
			return units[series[s].unit].suffix;
	return "";
}

/* Find the reading of a medium on one side of ?1: "max" and "<". */
static int open_beside(struct stmt *s, sqlite3 *db, enum medium m,
		       const char *nearest, const char *than, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	if (m == MEDIUM_ELECTRICITY)
		sqlite3_str_appendf(
			sql, "SELECT %s(ts) FROM electricity WHERE ts %s ?1",
			nearest, than);
	else
		sqlite3_str_appendf(
			sql,
			"SELECT %s((SELECT %s(ts) FROM mbus WHERE"
			" meter = meter.id AND ts %s ?1)) FROM meter WHERE"
			" medium = '%q' AND unit = '%q' AND +other IS NULL",
			nearest, nearest, than, medium_name(m), unit_of(m));
	return stmt_open_text(s, db, sql, e);
}

static int open_finder(struct finder *f, sqlite3 *db, enum medium m,
		       struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	int rc;

	sqlite3_str_appendf(sql,
			    "SELECT ts FROM counter_from WHERE ts >= ?1"
			    " AND ts <= ?2 AND \"%w\" > ?3 ORDER BY ts",
			    column_of(m));
	rc = stmt_open_text(&f->wide, db, sql, e);
	if (rc == 0)
		rc = open_beside(&f->before, db, m, "max", "<", e);
	if (rc == 0)
		rc = open_beside(&f->after, db, m, "min", ">", e);
	return rc;
}

static int beside(struct stmt *s, int64_t t, int64_t *out, struct err *e)
{
	stmt_bind(s, 1, t);
	return stmt_value(s, NEVER, out, e);
}

/*
 * Is it much longer than the distance of the readings on one side of it? At the
 * first and the last reading only the other side can say.
 */
static bool is_unusual(const struct gap *g, int64_t earlier, int64_t later)
{
	int64_t length = g->end - g->start;

	if (earlier == NEVER && later == NEVER)
		return true;
	return (earlier != NEVER && length > SLOWER * (g->start - earlier)) ||
	       (later != NEVER && length > SLOWER * (later - g->end));
}

/*
 * Find the readings around the boundary t. Returns 1 if there is a gap between
 * them, 0 if not, or a negative code.
 */
static int find_gap(struct finder *f, int64_t t, int64_t limit, struct gap *g,
		    struct err *e)
{
	int64_t earlier = NEVER, later = NEVER;
	int rc = beside(&f->before, t + 1, &g->start, e);

	if (rc == 0)
		rc = beside(&f->after, t - 1, &g->end, e);
	if (rc < 0 || g->start == NEVER || g->end == NEVER)
		return rc;
	if (g->end - g->start <= limit)
		return 0;
	rc = beside(&f->before, g->start, &earlier, e);
	if (rc == 0)
		rc = beside(&f->after, g->end, &later, e);
	return rc < 0 ? rc : is_unusual(g, earlier, later);
}

int gap_list(sqlite3 *db, struct interpolation *counters, enum medium m,
	     int64_t from, int64_t to,
	     void (*row)(void *ctx, const struct gap *g), void *ctx,
	     struct err *e)
{
	int64_t limit = m == MEDIUM_ELECTRICITY ? HOUR_S : 2 * HOUR_S;
	int64_t done = INT64_MIN;
	struct finder f = { 0 };
	int rc = open_finder(&f, db, m, e);

	if (rc == 0)
		stmt_bind_all(&f.wide, (int64_t[]){ from, to, limit }, 3);
	while (rc >= 0 && (rc = stmt_next(&f.wide, e)) > 0) {
		struct gap g = { .medium = m };
		int64_t t = stmt_time(&f.wide, 0);

		if (t < done)
			continue;
		rc = find_gap(&f, t, limit, &g, e);
		if (rc <= 0 || g.start >= to || g.end <= from)
			continue;
		done = g.end;
		rc = interpolation_between(counters, m, g.start, g.end, &g.have,
					   g.amount, e);
		if (rc >= 0)
			row(ctx, &g);
	}
	stmt_close(&f.wide);
	stmt_close(&f.before);
	stmt_close(&f.after);
	return rc;
}
