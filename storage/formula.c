#include "storage/formula.h"

#include "storage/registers.h"

bool formula_leads(enum series s)
{
	return s == 0 || series[s].medium != series[s - 1].medium;
}

void formula_gap_name(sqlite3_str *sql, enum medium m)
{
	if (m != MEDIUM_ELECTRICITY)
		sqlite3_str_appendf(sql, "%s_", medium_name(m));
	sqlite3_str_appendall(sql, "gap_s");
}

/*
 * A continuous counter of the row `row` (b or a), with the row of its
 * installation: what the meter showed, the tariffs where there is no total.
 */
static void continuous(sqlite3_str *sql, char row, enum series s)
{
	const struct registers *r = &registers[s];

	sqlite3_str_appendf(sql, ", ifnull(%c.%s, 0", row,
			    quantities[r->total].column);
	for (int i = 0; i < r->parts; i++)
		sqlite3_str_appendf(sql, " + ifnull(%c.%s, 0)", row,
				    quantities[r->part[i]].column);
	sqlite3_str_appendf(sql, ") + %ci.%s_offset AS %c%d", row,
			    series[s].column, row, s);
}

/* NULL when neither row has the register, or a part of it. */
static void seen(sqlite3_str *sql, enum series s)
{
	const struct registers *r = &registers[s];

	for (int i = -1; i < r->parts; i++) {
		const char *column =
			quantities[i < 0 ? r->total : r->part[i]].column;

		sqlite3_str_appendf(sql, "%sb.%s, a.%s",
				    i < 0 ? ", coalesce(" : ", ", column,
				    column);
	}
	sqlite3_str_appendf(sql, ") AS n%d", s);
}

/* The row at or before an instant (at or after it), else the first (last). */
static void seek(sqlite3_str *sql, const char *from, bool before)
{
	sqlite3_str_appendf(sql,
			    "ifnull((SELECT %s(ts) FROM %s ts %s t.ts), "
			    "(SELECT %s(ts) FROM %s 1))",
			    before ? "max" : "min", from,
			    before ? "<=" : ">=", before ? "min" : "max", from);
}

static void electricity_row(sqlite3_str *sql, char row)
{
	sqlite3_str_appendf(
		sql, " LEFT JOIN electricity AS %c ON %c.ts = ", row, row);
	seek(sql, "electricity WHERE", row == 'b');
	sqlite3_str_appendf(sql,
			    " LEFT JOIN installation AS %ci ON %ci.channel = 0"
			    " AND %ci.medium = 'electricity'"
			    " AND %ci.first_ts = (SELECT max(first_ts)"
			    " FROM installation WHERE channel = 0"
			    " AND medium = 'electricity'"
			    " AND first_ts <= %c.ts)",
			    row, row, row, row, row);
}

/* Step 1: the rows around each ts, with continuous counters. */
static void electricity_rows(sqlite3_str *sql, const char *source)
{
	sqlite3_str_appendall(sql, "SELECT t.ts, b.ts AS bt, a.ts AS at");
	for (int s = 0; s < ELECTRIC_SERIES; s++) {
		const char *total = quantities[registers[s].total].column;

		continuous(sql, 'b', (enum series)s);
		continuous(sql, 'a', (enum series)s);
		seen(sql, (enum series)s);
		if (registers[s].parts > 0)
			sqlite3_str_appendf(
				sql, ", coalesce(b.%s, a.%s) IS NULL AS p%d",
				total, total, s);
	}
	sqlite3_str_appendf(sql, " FROM %s AS t", source);
	electricity_row(sql, 'b');
	electricity_row(sql, 'a');
}

/* Step 2: what was added since the row before. */
static void electricity_added(sqlite3_str *sql, const char *source)
{
	sqlite3_str_appendall(sql, "SELECT *");
	for (int s = 0; s < ELECTRIC_SERIES; s++)
		sqlite3_str_appendf(
			sql,
			", (a%d - b%d) * (ts - bt) / max(1, at - bt) AS d%d", s,
			s, s);
	sqlite3_str_appendall(sql, " FROM (");
	electricity_rows(sql, source);
	sqlite3_str_appendall(sql, ")");
}

/* Step 3. Where there is no total, it is the sum of its rounded tariffs. */
static void electricity_counters(sqlite3_str *sql)
{
	for (int s = 0; s < ELECTRIC_SERIES; s++) {
		sqlite3_str_appendf(sql, ", b%d + ", s);
		if (registers[s].parts > 0) {
			sqlite3_str_appendf(sql, "iif(p%d, 0", s);
			for (int i = 1; i <= registers[s].parts; i++)
				sqlite3_str_appendf(sql, " + ifnull(d%d, 0)",
						    s + i);
			sqlite3_str_appendf(sql, ", d%d)", s);
		} else {
			sqlite3_str_appendf(sql, "d%d", s);
		}
		sqlite3_str_appendf(sql, " AS %s, n%d AS %s_seen",
				    series[s].column, s, series[s].name);
	}
	sqlite3_str_appendall(sql, ", at - bt AS gap_s");
}

/* Of all meters of a series' medium around t.ts; "b" and "a" as above. */
static void mbus_query(sqlite3_str *sql, const char *what, enum series s)
{
	static const char from[] = "mbus WHERE meter = m.id AND";

	sqlite3_str_appendf(sql,
			    ", (SELECT %s FROM meter AS m"
			    " CROSS JOIN mbus_continuous AS b"
			    " ON b.meter = m.id AND b.ts = ",
			    what);
	seek(sql, from, true);
	sqlite3_str_appendall(sql, " CROSS JOIN mbus_continuous AS a"
				   " ON a.meter = m.id AND a.ts = ");
	seek(sql, from, false);
	sqlite3_str_appendf(
		sql, " WHERE m.medium = '%s' AND m.unit = '%s') AS ",
		medium_name(series[s].medium), units[series[s].unit].suffix);
}

/*
 * The bracket of the meter that was there; between the last reading of one and
 * the first of the next nobody knows what was used. NULL without a meter.
 */
#define MBUS_GAP                                                               \
	"iif(count(*) = 0, NULL, iif(max(b.ts <= t.ts AND a.ts >= t.ts), "     \
	"max(a.ts - b.ts), ifnull(min(iif(b.ts > t.ts, b.ts, NULL)) - "        \
	"max(iif(a.ts < t.ts, a.ts, NULL)), 0)))"

static void mbus_counter(sqlite3_str *sql, enum series s)
{
	mbus_query(sql,
		   "sum(b.value + (a.value - b.value) * (t.ts - b.ts)"
		   " / max(1, a.ts - b.ts))",
		   s);
	sqlite3_str_appendall(sql, series[s].column);
	mbus_query(sql, MBUS_GAP, s);
	formula_gap_name(sql, series[s].medium);
}

void formula_counters(sqlite3_str *sql, const char *source, unsigned media)
{
	bool electric = media >> MEDIUM_ELECTRICITY & 1;

	sqlite3_str_appendall(sql, "SELECT t.ts");
	if (electric)
		electricity_counters(sql);
	for (int s = ELECTRIC_SERIES; s < SERIES_COUNT; s++)
		if (media >> series[s].medium & 1)
			mbus_counter(sql, (enum series)s);
	if (electric) {
		sqlite3_str_appendall(sql, " FROM (");
		electricity_added(sql, source);
		sqlite3_str_appendall(sql, ") AS t");
	} else {
		sqlite3_str_appendf(sql, " FROM %s AS t", source);
	}
}
