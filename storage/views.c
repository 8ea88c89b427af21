#include "storage/views.h"

#include "storage/formula.h"
#include "storage/registers.h"
#include "storage/stmt.h"

/*
 * Where a period view gets its periods. Labels come first, then the local
 * boundaries in UTC.
 */
struct period_view {
	const char *name;
	const char *labels; /* columns of `periods` that people read */
	const char *periods;
};

/* The offset from UTC of hour h.n of day d, and where it begins. */
#define HOUR_START "(d.start_ts + 3600 * h.n)"
#define HOUR_OFFSET                                                            \
	"(d.utc_offset_s + iif(" HOUR_START " >= d.change_ts, d.change_s, 0))"

/*
 * The hour that comes twice in autumn bears its offset the second time:
 * '2026-10-25 02:00', then '2026-10-25 02:00+01:00'.
 */
#define HOUR_AGAIN                                                             \
	"(d.change_s < 0 AND " HOUR_START " >= d.change_ts AND " HOUR_START    \
	" < d.change_ts - d.change_s)"
#define HOUR_LABEL                                                             \
	"strftime('%Y-%m-%d %H:%M', " HOUR_START " + " HOUR_OFFSET             \
	", 'unixepoch') || iif(" HOUR_AGAIN                                    \
	", printf('%s%02d:%02d', iif(" HOUR_OFFSET                             \
	" < 0, '-', '+'), abs(" HOUR_OFFSET ") / 3600, abs(" HOUR_OFFSET       \
	") / 60 % 60), '')"

static const struct period_view period_views[] = {
	{"hourly", "hour, day, month, year",
	 "SELECT " HOUR_LABEL " AS hour, d.day, d.month, d.year, " HOUR_START
	 " AS start_ts, min(" HOUR_START " + 3600, d.end_ts) AS end_ts "
	 "FROM calendar_day AS d JOIN calendar_hour AS h "
	 "ON 3600 * h.n < d.end_ts - d.start_ts "
	 "WHERE d.end_ts > " FORMULA_FIRST " AND d.start_ts <= " FORMULA_LAST},
	{"daily", "day, month, year",
	 "SELECT day, month, year, start_ts, end_ts FROM calendar_day"},
	{"monthly", "month, year",
	 "SELECT month, year, start_ts, end_ts FROM calendar_month"},
	{"yearly", "year", "SELECT year, start_ts, end_ts FROM calendar_year"},
};

static void iso(sqlite3_str *sql, const char *ts, const char *name)
{
	sqlite3_str_appendf(
		sql,
		", strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', %s, 'unixepoch')"
		" AS %s",
		ts, name);
}

/* The name of the column that tells how well a medium is known. */
static void gap_name(sqlite3_str *sql, enum medium m)
{
	if (m != MEDIUM_ELECTRICITY)
		sqlite3_str_appendf(sql, "%s_", medium_name(m));
	sqlite3_str_appendall(sql, "gap_s");
}

static void small_columns(sqlite3_str *sql)
{
	for (int s = 0; s < SERIES_COUNT; s++) {
		sqlite3_str_appendall(sql, ", ");
		formula_consumed(sql, (enum series)s);
		sqlite3_str_appendf(sql, " AS %s", series[s].column);
	}
	for (int s = 0; s < SERIES_COUNT; s++) {
		if (s > 0 && series[s].medium == series[s - 1].medium)
			continue;
		sqlite3_str_appendall(sql, ", ");
		formula_gap(sql, (enum series)s);
		sqlite3_str_appendall(sql, " AS ");
		gap_name(sql, series[s].medium);
	}
}

static int make_small(sqlite3 *db, const struct period_view *v, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql, "CREATE VIEW %s_wh AS SELECT %s", v->name,
			    v->labels);
	iso(sql, "p.start_ts", "start");
	iso(sql, "p.end_ts", "end");
	sqlite3_str_appendall(sql, ", p.start_ts, p.end_ts");
	small_columns(sql);
	sqlite3_str_appendf(sql, " FROM (%s) AS p", v->periods);
	formula_joins(sql, "s", "p.start_ts", " AND sb.ts < p.end_ts",
		      " AND sa.ts >= p.start_ts");
	formula_joins(sql, "e", "p.end_ts", "", "");
	sqlite3_str_appendall(sql, " WHERE p.end_ts > " FORMULA_FIRST
				   " AND p.start_ts <= " FORMULA_LAST);
	return stmt_exec_text(db, sql, e);
}

static int make_big(sqlite3 *db, const struct period_view *v, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(
		sql,
		"CREATE VIEW %s AS SELECT %s, start, end, start_ts, end_ts",
		v->name, v->labels);
	for (int s = 0; s < SERIES_COUNT; s++)
		sqlite3_str_appendf(sql, ", %s / 1000.0 AS %s",
				    series[s].column, series[s].column_big);
	for (int s = 0; s < SERIES_COUNT; s++) {
		if (s > 0 && series[s].medium == series[s - 1].medium)
			continue;
		sqlite3_str_appendall(sql, ", ");
		gap_name(sql, series[s].medium);
	}
	sqlite3_str_appendf(sql, " FROM %s_wh", v->name);
	return stmt_exec_text(db, sql, e);
}

/* Views for people, beside those of periods. */
static const char *const other_views[] = {
	"CREATE VIEW meters AS SELECT id, medium, identifier, "
	"(SELECT channel FROM installation WHERE meter = m.id "
	"ORDER BY first_ts DESC LIMIT 1) AS channel, "
	"strftime('%Y-%m-%dT%H:%M:%SZ', first_ts, 'unixepoch') AS first, "
	"strftime('%Y-%m-%dT%H:%M:%SZ', last_ts, 'unixepoch') AS last, "
	"first_ts, last_ts FROM (SELECT *, "
	"(SELECT min(first_ts) FROM installation WHERE meter = meter.id)"
	" AS first_ts, iif(medium = 'electricity' AND channel = 0, "
	"(SELECT max(ts) FROM electricity WHERE ts < ifnull("
	"(SELECT min(n.first_ts) FROM installation AS n "
	"WHERE n.channel = 0 AND n.medium = 'electricity' AND n.first_ts > "
	"(SELECT max(first_ts) FROM installation WHERE meter = meter.id)), "
	"9223372036854775807)), "
	"(SELECT max(ts) FROM mbus WHERE meter = meter.id)) AS last_ts "
	"FROM meter) AS m",
};

/* Electricity's rows as people read them: kWh, kW, ISO and local time. */
static int make_readings(sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(
		sql, "CREATE VIEW readings AS SELECT "
		     "strftime('%Y-%m-%d %H:%M:%S', e.ts + d.utc_offset_s + "
		     "iif(e.ts >= d.change_ts, d.change_s, 0), 'unixepoch')"
		     " AS local_time");
	iso(sql, "e.ts", "time");
	sqlite3_str_appendall(sql, ", e.ts, d.day, i.meter, e.tariff");
	for (int q = 0; q < Q_COUNT; q++)
		if (quantities[q].place == PLACE_COUNTER)
			sqlite3_str_appendf(sql, ", e.%s / 1000.0 AS %s_%s",
					    quantities[q].column,
					    quantities[q].name,
					    units[quantities[q].unit].json);
	sqlite3_str_appendall(
		sql,
		", e.power_import_w, e.power_export_w"
		", e.power_import_max_w, e.power_export_max_w"
		" FROM electricity AS e LEFT JOIN calendar_day AS d"
		" ON d.start_ts = (SELECT max(start_ts) FROM calendar_day"
		" WHERE start_ts <= e.ts)"
		" LEFT JOIN installation AS i ON i.channel = 0"
		" AND i.medium = 'electricity' AND i.first_ts ="
		" (SELECT max(first_ts) FROM installation WHERE channel = 0"
		" AND medium = 'electricity' AND first_ts <= e.ts)");
	return stmt_exec_text(db, sql, e);
}

static int drop_all(sqlite3 *db, struct err *e)
{
	for (;;) {
		struct stmt s = {0};
		sqlite3_str *sql = sqlite3_str_new(db);
		int rc = stmt_open(&s, db,
				   "SELECT name FROM sqlite_schema "
				   "WHERE type = 'view' LIMIT 1",
				   e);

		if (rc == 0)
			rc = stmt_next(&s, e);
		if (rc > 0)
			sqlite3_str_appendf(sql, "DROP VIEW %.*s",
					    SPAN_ARG(stmt_text(&s, 0)));
		stmt_close(&s);
		if (rc <= 0) {
			sqlite3_free(sqlite3_str_finish(sql));
			return rc;
		}
		rc = stmt_exec_text(db, sql, e);
		if (rc < 0)
			return rc;
	}
}

int views_make(sqlite3 *db, struct err *e)
{
	int rc = drop_all(db, e);

	for (size_t i = 0; rc == 0 && i < COUNT(period_views); i++) {
		rc = make_small(db, &period_views[i], e);
		if (rc == 0)
			rc = make_big(db, &period_views[i], e);
	}
	for (size_t i = 0; rc == 0 && i < COUNT(other_views); i++)
		rc = stmt_exec(db, other_views[i], e);
	return rc == 0 ? make_readings(db, e) : rc;
}

void views_counter_at(sqlite3_str *sql, enum medium m)
{
	const char *comma = "SELECT ";

	for (int s = 0; s < SERIES_COUNT; s++) {
		if (series[s].medium != m)
			continue;
		sqlite3_str_appendall(sql, comma);
		formula_counter(sql, (enum series)s);
		comma = ", ";
	}
	formula_counter_tail(sql, m);
}
