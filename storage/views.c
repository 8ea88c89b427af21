#include "storage/views.h"

#include <string.h>

#include "storage/db/stmt.h"
#include "storage/formula.h"
#include "storage/registers.h"

/* clang-format off */
#define ISO(ts) "strftime('%Y-%m-%dT%H:%M:%SZ', " ts ", 'unixepoch')"

/* The offset from UTC of an instant of day d. */
#define OFFSET(ts) \
	"(d.utc_offset_s + iif(" ts " >= d.change_ts, d.change_s, 0))"
#define LOCAL(format, ts) \
	"strftime('" format "', " ts " + " OFFSET(ts) ", 'unixepoch')"

/*
 * The hour that comes twice in autumn bears its offset the second time:
 * '2026-10-25 02:00', then '2026-10-25 02:00+01:00'.
 */
#define HOUR LOCAL("%Y-%m-%d %H:%M", "h.ts") \
	" || iif(d.change_s < 0 AND h.ts >= d.change_ts" \
	" AND h.ts < d.change_ts - d.change_s, printf('%s%02d:%02d'," \
	" iif(" OFFSET("h.ts") " < 0, '-', '+')," \
	" abs(" OFFSET("h.ts") ") / 3600, abs(" OFFSET("h.ts") ") / 60 % 60)," \
	" '')"

/* A view of periods: their labels, and where they come from. */
struct period_view {
	const char *name;
	const char *labels;
	const char *periods;
};

static const struct period_view period_views[] = {
	{ "hourly", "hour, day, month, year",
	  "SELECT " HOUR " AS hour, d.day, d.month, d.year, h.ts AS start_ts,"
	  " min(h.ts + 3600, d.end_ts) AS end_ts FROM calendar_day AS d"
	  " CROSS JOIN calendar_hour AS h"
	  " ON h.ts >= d.start_ts AND h.ts < d.end_ts"
	  " WHERE d.end_ts > (SELECT min(first_ts) FROM extent)"
	  " AND d.start_ts <= (SELECT max(last_ts) FROM extent)" },
	{ "daily", "day, month, year",
	  "SELECT day, month, year, start_ts, end_ts FROM calendar_day" },
	{ "monthly", "month, year",
	  "SELECT month, year, start_ts, end_ts FROM calendar_month" },
	{ "yearly", "year", "SELECT year, start_ts, end_ts FROM calendar_year" },
};

static const char period_times[] =
	", " ISO("p.start_ts") " AS start, " ISO("p.end_ts") " AS end,"
	" p.start_ts, p.end_ts";

static const char extent_head[] =
	"CREATE VIEW extent AS SELECT 'electricity' AS medium,"
	" (SELECT min(ts) FROM electricity) AS first_ts,"
	" (SELECT max(ts) FROM electricity) AS last_ts"
	" UNION ALL SELECT medium, min(first_ts), max(last_ts) FROM"
	" (SELECT medium,"
	" (SELECT min(ts) FROM mbus WHERE meter = m.id) AS first_ts,"
	" (SELECT max(ts) FROM mbus WHERE meter = m.id) AS last_ts"
	" FROM meter AS m WHERE (medium, unit) IN (VALUES ";
static const char extent_tail[] = ")) GROUP BY medium";

static const char mbus_continuous[] =
	"CREATE VIEW mbus_continuous AS SELECT meter, ts, value +"
	" (SELECT value_offset FROM installation AS i"
	" WHERE i.meter = v.meter AND i.first_ts <= v.ts"
	" ORDER BY i.first_ts DESC LIMIT 1) AS value FROM mbus AS v";

/*
 * An electricity meter's last row is the last one before another installation
 * begins behind its own last one.
 */
static const char meters[] =
	"CREATE VIEW meters AS SELECT id, medium, identifier, channel, "
	ISO("first_ts") " AS first, " ISO("last_ts") " AS last,"
	" first_ts, last_ts FROM (SELECT id, m.medium, identifier, i.channel,"
	" (SELECT min(first_ts) FROM installation WHERE meter = m.id)"
	" AS first_ts, iif(i.channel = 0, (SELECT max(ts) FROM electricity"
	" WHERE ts < ifnull((SELECT min(n.first_ts) FROM installation AS n"
	" WHERE n.channel = 0 AND n.medium = 'electricity'"
	" AND n.first_ts > i.first_ts), 9223372036854775807)),"
	" (SELECT max(ts) FROM mbus WHERE meter = m.id)) AS last_ts"
	" FROM meter AS m JOIN installation AS i ON i.meter = m.id"
	" AND i.first_ts = (SELECT max(first_ts) FROM installation"
	" WHERE meter = m.id))";

/* Numbers in the printed unit, texts as they are. */
static const char extras[] =
	"CREATE VIEW extras AS SELECT " ISO("x.ts") " AS time, x.ts,"
	" o.reference, o.meaning, iif(typeof(x.value) = 'integer',"
	" x.value / 1000.0, x.value) AS value, o.unit"
	" FROM extra AS x JOIN obis AS o ON o.id = x.obis";

/*
 * Electricity's rows as people read them. The day's bounds are there twice, so
 * that a query may begin with the day as well as with the row.
 */
static const char readings_head[] =
	"CREATE VIEW readings AS SELECT "
	LOCAL("%Y-%m-%d %H:%M:%S", "r.ts") " AS local_time, d.day, "
	ISO("r.ts") " AS time, r.ts, r.meter, r.tariff";
static const char readings_tail[] =
	", r.power_import_w, r.power_export_w,"
	" r.power_import_max_w, r.power_export_max_w"
	" FROM electricity AS r JOIN calendar_day AS d"
	" ON r.ts >= d.start_ts AND r.ts < d.end_ts AND d.start_ts ="
	" (SELECT max(start_ts) FROM calendar_day WHERE start_ts <= r.ts)";
/* clang-format on */

/* The value of each held reading's register, in one column. */
static int make_quarantine(sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql,
			      "CREATE VIEW quarantine AS SELECT id, meter, "
			      "channel, reason, register, CASE register");
	for (int q = 0; q < Q_COUNT; q++)
		if (quantities[q].place == PLACE_COUNTER)
			sqlite3_str_appendf(sql, " WHEN '%s' THEN %s",
					    quantities[q].name,
					    quantities[q].column);
	sqlite3_str_appendall(
		sql,
		" ELSE value END AS value, expected_min, expected_max, ts,"
		" weight AS count, seen_ts, EXISTS (SELECT 1 FROM pin AS p"
		" WHERE p.meter = h.meter AND h.ts BETWEEN first_ts AND last_ts"
		" AND accepted = 0 AND (counter IS NULL OR counter = "
		"coalesce(value");
	for (int q = 0; q < Q_COUNT; q++)
		if (quantities[q].place == PLACE_COUNTER)
			sqlite3_str_appendf(sql, ", %s", quantities[q].column);
	sqlite3_str_appendall(sql, "))) AS rejected FROM held AS h");
	return stmt_exec_text(db, sql, e);
}

/* First and last reading of each medium, of the meters that series count. */
static int make_extent(sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql, extent_head);
	for (int s = ELECTRIC_SERIES; s < SERIES_COUNT; s++)
		sqlite3_str_appendf(sql, "%s('%s', '%s')",
				    s > ELECTRIC_SERIES ? ", " : "",
				    medium_name(series[s].medium),
				    units[series[s].unit].suffix);
	sqlite3_str_appendall(sql, extent_tail);
	return stmt_exec_text(db, sql, e);
}

static int make_mbus_continuous(sqlite3 *db, struct err *e)
{
	return stmt_exec(db, mbus_continuous, e);
}

static int make_counter_at(sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql, "CREATE VIEW counter_at AS ");
	formula_counters(sql, "calendar_hour", FORMULA_MEDIA);
	return stmt_exec_text(db, sql, e);
}

static int make_meters(sqlite3 *db, struct err *e)
{
	return stmt_exec(db, meters, e);
}

static int make_extras(sqlite3 *db, struct err *e)
{
	return stmt_exec(db, extras, e);
}

static int make_readings(sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql, readings_head);
	for (int q = 0; q < Q_COUNT; q++)
		if (quantities[q].place == PLACE_COUNTER)
			sqlite3_str_appendf(sql, ", r.%s / 1000.0 AS %s_k%s",
					    quantities[q].column,
					    quantities[q].name,
					    units[quantities[q].unit].suffix);
	sqlite3_str_appendall(sql, readings_tail);
	return stmt_exec_text(db, sql, e);
}

/* Each medium's name: has it a reading in the period? */
static void add_media(sqlite3_str *sql)
{
	sqlite3_str_appendall(
		sql, ", end_ts > (SELECT min(ts) FROM electricity) AND start_ts"
		     " <= (SELECT max(ts) FROM electricity) AS electricity");
	for (int s = ELECTRIC_SERIES; s < SERIES_COUNT; s++) {
		const char *m = medium_name(series[s].medium);
		const char *unit = units[series[s].unit].suffix;

		sqlite3_str_appendf(
			sql,
			", end_ts > (SELECT min((SELECT min(ts) FROM mbus"
			" WHERE meter = id)) FROM meter WHERE medium = '%s'"
			" AND unit = '%s') AND start_ts <= (SELECT max((SELECT"
			" max(ts) FROM mbus WHERE meter = id)) FROM meter"
			" WHERE medium = '%s' AND unit = '%s') AS %s",
			m, unit, m, unit, m);
	}
}

/* A register that neither boundary shows is NULL rather than 0. */
static void add_consumed(sqlite3_str *sql, enum series s)
{
	const char *column = series[s].column, *name = series[s].name;

	sqlite3_str_appendf(sql, ", iif(p.%s, ", medium_name(series[s].medium));
	if (series[s].medium == MEDIUM_ELECTRICITY)
		sqlite3_str_appendf(
			sql,
			"nullif(e.%s - s.%s, iif(coalesce(s.%s_seen, e.%s_seen)"
			" IS NULL, 0, NULL))",
			column, column, name, name);
	else
		sqlite3_str_appendf(sql, "e.%s - s.%s", column, column);
	sqlite3_str_appendf(sql, ", NULL) AS %s", column);
}

static void add_gap(sqlite3_str *sql, enum medium m)
{
	sqlite3_str_appendf(sql, ", iif(p.%s, max(s.", medium_name(m));
	formula_gap_name(sql, m);
	sqlite3_str_appendall(sql, ", e.");
	formula_gap_name(sql, m);
	sqlite3_str_appendall(sql, "), NULL) AS ");
	formula_gap_name(sql, m);
}

static int make_small(sqlite3 *db, const struct period_view *v, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql, "CREATE VIEW %s_wh AS SELECT %s", v->name,
			    v->labels);
	sqlite3_str_appendall(sql, period_times);
	for (int s = 0; s < SERIES_COUNT; s++)
		add_consumed(sql, (enum series)s);
	for (int s = 0; s < SERIES_COUNT; s++)
		if (formula_leads((enum series)s))
			add_gap(sql, series[s].medium);
	sqlite3_str_appendall(sql, " FROM (SELECT *");
	add_media(sql);
	sqlite3_str_appendf(
		sql,
		" FROM (%s) WHERE end_ts > (SELECT min(first_ts) FROM extent)"
		" AND start_ts <= (SELECT max(last_ts) FROM extent)) AS p"
		" CROSS JOIN counter_at AS s ON s.ts = p.start_ts"
		" CROSS JOIN counter_at AS e ON e.ts = p.end_ts",
		v->periods);
	return stmt_exec_text(db, sql, e);
}

static int make_big(sqlite3 *db, const struct period_view *v, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql,
			    "CREATE VIEW %s AS SELECT %s, start, end, "
			    "start_ts, end_ts",
			    v->name, v->labels);
	for (int s = 0; s < SERIES_COUNT; s++)
		sqlite3_str_appendf(sql, ", %s / 1000.0 AS %s",
				    series[s].column, series[s].column_big);
	for (int s = 0; s < SERIES_COUNT; s++) {
		if (!formula_leads((enum series)s))
			continue;
		sqlite3_str_appendall(sql, ", ");
		formula_gap_name(sql, series[s].medium);
	}
	sqlite3_str_appendf(sql, " FROM %s_wh", v->name);
	return stmt_exec_text(db, sql, e);
}

/* Those of this program; what a person added is left alone. */
static const char *const view_names[] = {
	"hourly",   "hourly_wh",       "daily",	     "daily_wh",
	"monthly",  "monthly_wh",      "yearly",     "yearly_wh",
	"readings", "meters",	       "extras",     "counter_at",
	"extent",   "mbus_continuous", "quarantine",
};

bool views_has(const char *name)
{
	for (size_t i = 0; i < COUNT(view_names); i++)
		if (strcmp(view_names[i], name) == 0)
			return true;
	return false;
}

static int drop(sqlite3 *db, const char *name, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql, "DROP VIEW IF EXISTS %s", name);
	return stmt_exec_text(db, sql, e);
}

int views_make(sqlite3 *db, struct err *e)
{
	static int (*const makers[])(sqlite3 * db, struct err * e) = {
		make_extent,	 make_mbus_continuous, make_counter_at,
		make_meters,	 make_readings,	       make_extras,
		make_quarantine,
	};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < COUNT(view_names); i++)
		rc = drop(db, view_names[i], e);
	for (size_t i = 0; rc == 0 && i < COUNT(makers); i++)
		rc = makers[i](db, e);
	for (size_t i = 0; rc == 0 && i < COUNT(period_views); i++) {
		rc = make_small(db, &period_views[i], e);
		if (rc == 0)
			rc = make_big(db, &period_views[i], e);
	}
	return rc;
}
