#include "storage/history/gap_list.h"

#include "storage/db/stmt.h"

enum { SLOWER = 3, NEVER = -1 };

struct finder {
	struct stmt inside;	   /* an instant in each possible gap */
	struct stmt before, after; /* the reading before ?1, after ?1 */
	/*
	 * The usual time between the readings before and after the reading ?1
	 */
	struct stmt usual_before, usual_after;
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

/*
 * Find how far apart readings usually are: for electricity the mean of a few,
 * since one may be out of step when the service starts.
 */
static int open_usual(struct stmt *s, sqlite3 *db, enum medium m,
		      const char *farthest, const char *than, const char *order,
		      struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	if (m == MEDIUM_ELECTRICITY)
		sqlite3_str_appendf(
			sql,
			"SELECT abs(%s(ts) - ?1) / count(*) FROM (SELECT ts"
			" FROM electricity WHERE ts %s ?1 ORDER BY ts %s"
			" LIMIT 4)",
			farthest, than, order);
	else
		sqlite3_str_appendf(
			sql,
			"SELECT min(abs((SELECT ts FROM mbus WHERE"
			" meter = meter.id AND ts %s ?1 ORDER BY ts %s LIMIT 1)"
			" - ?1)) FROM meter WHERE medium = '%q'"
			" AND unit = '%q' AND +other IS NULL",
			than, order, medium_name(m), unit_of(m));
	return stmt_open_text(s, db, sql, e);
}

/*
 * Go from each reading to the last one within ?3 seconds of it; if that is the
 * same reading, a gap follows, and the next reading is after the gap.
 */
#define LAST_WITHIN(t)                                                         \
	"(SELECT max(ts) FROM electricity WHERE ts <= " t " + ?3)"
#define NEXT                                                                   \
	"iif(last > t, last, (SELECT min(ts) FROM electricity WHERE ts > t))"
#define FIRST                                                                  \
	"ifnull((SELECT max(ts) FROM electricity WHERE ts <= ?1),"             \
	" (SELECT min(ts) FROM electricity))"
/* clang-format off */
static const char hops[] =
	"WITH RECURSIVE hop (t, last) AS ("
	"SELECT " FIRST ", " LAST_WITHIN(FIRST)
	" UNION ALL SELECT " NEXT ", " LAST_WITHIN(NEXT)
	" FROM hop WHERE t < ?2) SELECT t + 1 FROM hop WHERE last = t";
/* clang-format on */

/* Find boundaries at which the readings are more than ?3 apart. */
static int open_boundaries(struct finder *f, sqlite3 *db, enum medium m,
			   struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql,
			    "SELECT ts FROM counter_from WHERE ts >= ?1"
			    " AND ts <= ?2 AND \"%w\" > ?3 ORDER BY ts",
			    column_of(m));
	return stmt_open_text(&f->inside, db, sql, e);
}

static int open_finder(struct finder *f, sqlite3 *db, enum medium m,
		       struct err *e)
{
	int rc = open_beside(&f->before, db, m, "max", "<", e);

	if (rc == 0)
		rc = open_beside(&f->after, db, m, "min", ">", e);
	if (rc == 0)
		rc = open_usual(&f->usual_before, db, m, "min", "<", "DESC", e);
	if (rc == 0)
		rc = open_usual(&f->usual_after, db, m, "max", ">", "ASC", e);
	return rc;
}

static void close_finder(struct finder *f)
{
	stmt_close(&f->inside);
	stmt_close(&f->before);
	stmt_close(&f->after);
	stmt_close(&f->usual_before);
	stmt_close(&f->usual_after);
}

static int ask(struct stmt *s, int64_t t, int64_t *out, struct err *e)
{
	stmt_bind(s, 1, t);
	return stmt_value(s, NEVER, out, e);
}

/*
 * Is the gap much longer than the time between readings on one side of it? At
 * the first and the last reading only the other side is compared.
 */
static int is_unusual(struct finder *f, const struct gap *g, struct err *e)
{
	int64_t length = g->end - g->start, before = NEVER, after = NEVER;
	int rc = ask(&f->usual_before, g->start, &before, e);

	if (rc == 0 && !g->open)
		rc = ask(&f->usual_after, g->end, &after, e);
	if (rc < 0)
		return rc;
	if (before == NEVER && after == NEVER)
		return !g->open;
	return (before != NEVER && length > SLOWER * before) ||
	       (after != NEVER && length > SLOWER * after);
}

/*
 * Find the readings around the instant t. Returns 1 if there is a gap between
 * them, 0 if not, or a negative code.
 */
static int find_gap(struct finder *f, int64_t t, int64_t limit, struct gap *g,
		    struct err *e)
{
	int rc = ask(&f->before, t + 1, &g->start, e);

	if (rc == 0)
		rc = ask(&f->after, t - 1, &g->end, e);
	if (rc < 0 || g->start == NEVER || g->end == NEVER)
		return rc;
	return g->end - g->start > limit ? is_unusual(f, g, e) : 0;
}

static int64_t limit_of(enum medium m, int64_t shortest)
{
	return m == MEDIUM_ELECTRICITY ? shortest : GAP_LIST_MBUS_S;
}

int gap_list(sqlite3 *db, struct interpolation *counters, enum medium m,
	     int64_t from, int64_t to, int64_t shortest,
	     void (*row)(void *ctx, const struct gap *g), void *ctx,
	     struct err *e)
{
	int64_t limit = limit_of(m, shortest);
	int64_t done = INT64_MIN;
	struct finder f = { 0 };
	int rc = open_finder(&f, db, m, e);

	if (rc == 0)
		rc = limit < GAP_LIST_LONG_S ? stmt_open(&f.inside, db, hops, e)
					     : open_boundaries(&f, db, m, e);
	if (rc == 0)
		stmt_bind_all(&f.inside, (int64_t[]){ from, to, limit }, 3);
	while (rc >= 0 && (rc = stmt_next(&f.inside, e)) > 0) {
		struct gap g = { .medium = m };
		int64_t t = stmt_time(&f.inside, 0);

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
	close_finder(&f);
	return rc;
}

int gap_list_open(sqlite3 *db, enum medium m, int64_t now, int64_t heard,
		  struct gap *g, struct err *e)
{
	struct finder f = { 0 };
	int rc = open_finder(&f, db, m, e);

	*g = (struct gap){ .medium = m, .end = now, .open = true };
	if (rc == 0)
		rc = ask(&f.before, now + 1, &g->start, e);
	if (m == MEDIUM_ELECTRICITY && heard > g->start && g->start != NEVER)
		g->start = heard;
	if (rc == 0 && g->start != NEVER &&
	    now - g->start > limit_of(m, GAP_LIST_SHORT_S))
		rc = is_unusual(&f, g, e);
	close_finder(&f);
	return rc;
}
