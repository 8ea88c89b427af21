#include "storage/history/energy_curve.h"

#include "storage/history/interpolation_share.h"

void energy_curve_open(struct energy_curve *c, sqlite3 *db,
		       struct interpolation *counters)
{
	*c = (struct energy_curve){ .db = db, .counters = counters };
}

void energy_curve_close(struct energy_curve *c)
{
	stmt_close(&c->points);
	stmt_close(&c->changes);
}

/* clang-format off */
#define TARIFF(row, d, n) "ifnull(" row "." d "_t" n "_wh, 0)"
#define TOTAL(row, d)                                                         \
	"coalesce(" row "." d "_total_wh, " TARIFF(row, d, "1") " + "         \
	TARIFF(row, d, "2") " + " TARIFF(row, d, "3") " + "                   \
	TARIFF(row, d, "4") ")"
/* clang-format on */

/* The readings around ?1, ?1 + ?2, ... ?3. */
static const char points_sql[] =
	"WITH RECURSIVE point (t) AS (VALUES (?1) UNION ALL"
	" SELECT t + ?2 FROM point WHERE t < ?3)"
	" SELECT t, a.ts, b.ts, " TOTAL("a", "import") ", " TOTAL("b", "import") ", " TOTAL(
		"a",
		"export") ", " TOTAL("b",
				     "export") " FROM point"
					       " CROSS JOIN electricity AS a ON a.ts ="
					       " (SELECT max(ts) FROM electricity WHERE ts <= t)"
					       " CROSS JOIN electricity AS b ON b.ts ="
					       " (SELECT min(ts) FROM electricity WHERE ts >= t)";

/* Do the house's counters start again, or are there other meters' to add? */
static const char changes_sql[] =
	"SELECT EXISTS (SELECT * FROM installation WHERE channel = 0"
	" AND medium = 'electricity' AND first_ts > ?1 AND first_ts <="
	" ifnull((SELECT min(ts) FROM electricity WHERE ts >= ?2), ?2))"
	" OR EXISTS (SELECT * FROM meter WHERE other < 0)";

static int open_statements(struct energy_curve *c, struct err *e)
{
	int rc = 0;

	if (!stmt_is_open(&c->points))
		rc = stmt_open(&c->points, c->db, points_sql, e);
	if (rc == 0 && !stmt_is_open(&c->changes))
		rc = stmt_open(&c->changes, c->db, changes_sql, e);
	return rc;
}

static void read_point(struct stmt *s, struct energy_point *p)
{
	int64_t t = stmt_time(s, 0), a = stmt_time(s, 1), b = stmt_time(s, 2);
	int64_t import = stmt_int(s, 3), export = stmt_int(s, 5);

	*p = (struct energy_point){
		.known = true,
		.import_wh = import + interpolation_share(
					      stmt_int(s, 4) - import, t, a, b),
		.export_wh = export + interpolation_share(
					      stmt_int(s, 6) - export, t, a, b),
		.apart_s = b - a,
	};
}

static int read_all(struct energy_curve *c, int64_t from, int64_t step, int n,
		    struct energy_point *out, struct err *e)
{
	int64_t last = from + (n - 1) * step;
	int rc;

	stmt_bind_all(&c->points, (int64_t[]){ from, step, last }, 3);
	while ((rc = stmt_next(&c->points, e)) > 0) {
		int64_t i = (stmt_time(&c->points, 0) - from) / step;

		if (i >= 0 && i < n)
			read_point(&c->points, &out[i]);
	}
	return rc;
}

/* Read one point where a meter changes, by the same rule as the views. */
static int read_one(struct energy_curve *c, int64_t t, struct energy_point *out,
		    struct err *e)
{
	struct counter_point p;
	int rc = interpolation_at(c->counters, MEDIUM_ELECTRICITY, t, &p, e);

	if (rc > 0)
		*out = (struct energy_point){
			.known = true,
			.import_wh = p.counter[SERIES_IMPORT],
			.export_wh = p.counter[SERIES_EXPORT],
			.apart_s = p.gap_s,
		};
	return rc < 0 ? rc : 0;
}

static int changes(struct energy_curve *c, int64_t from, int64_t to,
		   int64_t *any, struct err *e)
{
	stmt_bind_all(&c->changes, (int64_t[]){ from, to }, 2);
	return stmt_value(&c->changes, 0, any, e);
}

int energy_curve_read(struct energy_curve *c, int64_t from, int64_t step, int n,
		      struct energy_point *out, struct err *e)
{
	int64_t any = 0;
	int rc = open_statements(c, e);

	for (int i = 0; i < n; i++)
		out[i] = (struct energy_point){ 0 };
	if (rc == 0)
		rc = read_all(c, from, step, n, out, e);
	if (rc == 0)
		rc = changes(c, from, from + (n - 1) * step, &any, e);
	for (int i = 0; i < n && rc == 0 && any; i++)
		if (out[i].known)
			rc = read_one(c, from + i * step, &out[i], e);
	return rc;
}
