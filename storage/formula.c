#include "storage/formula.h"

#include "storage/registers.h"

/* The rows around one boundary, as the queries name them, and its instant. */
struct around {
	const char *b, *a; /* "sb", "sa"; their installations "sbi", "sai" */
	const char *at;
};

static const struct around start = {"sb", "sa", "p.start_ts"};
static const struct around end = {"eb", "ea", "p.end_ts"};
static const struct around instant = {"sb", "sa", "?1"};

/* What a counter showed; the sum of its tariffs where it has no total. */
static void shown(sqlite3_str *sql, const char *row, enum series s)
{
	const struct registers *r = &registers[s];

	sqlite3_str_appendf(sql, "ifnull(%s.%s, 0", row,
			    quantities[r->total].column);
	for (int i = 0; i < r->parts; i++)
		sqlite3_str_appendf(sql, " + ifnull(%s.%s, 0)", row,
				    quantities[r->part[i]].column);
	sqlite3_str_appendall(sql, ")");
}

/* The same, continuous over a change of meters. */
static void continuous(sqlite3_str *sql, const char *row, enum series s)
{
	sqlite3_str_appendall(sql, "(");
	shown(sql, row, s);
	sqlite3_str_appendf(sql, " + %si.%s_offset)", row, series[s].column);
}

/* What was added between the row before and the boundary. */
static void added(sqlite3_str *sql, const struct around *r, enum series s)
{
	sqlite3_str_appendall(sql, "(");
	continuous(sql, r->a, s);
	sqlite3_str_appendall(sql, " - ");
	continuous(sql, r->b, s);
	sqlite3_str_appendf(sql, ") * (%s - %s.ts) / max(1, %s.ts - %s.ts)",
			    r->at, r->b, r->a, r->b);
}

/* The series that counts one tariff of a total. */
static enum series part_series(enum series total, int i)
{
	return (enum series)((int)total + 1 + i);
}

static void counter(sqlite3_str *sql, const struct around *r, enum series s)
{
	const char *total = quantities[registers[s].total].column;

	sqlite3_str_appendall(sql, "(");
	continuous(sql, r->b, s);
	sqlite3_str_appendall(sql, " + ");
	if (registers[s].parts > 0) {
		sqlite3_str_appendf(sql,
				    "iif(%s.%s IS NULL AND %s.%s IS NULL, ",
				    r->b, total, r->a, total);
		for (int i = 0; i < registers[s].parts; i++) {
			sqlite3_str_appendall(sql,
					      i > 0 ? " + ifnull(" : "ifnull(");
			added(sql, r, part_series(s, i));
			sqlite3_str_appendall(sql, ", 0)");
		}
		sqlite3_str_appendall(sql, ", ");
		added(sql, r, s);
		sqlite3_str_appendall(sql, ")");
	} else {
		added(sql, r, s);
	}
	sqlite3_str_appendall(sql, ")");
}

/* Does any of the four rows have the register, or a part of it? */
static void present(sqlite3_str *sql, enum series s)
{
	static const char *const rows[] = {"sb", "sa", "eb", "ea"};
	const struct registers *r = &registers[s];

	sqlite3_str_appendall(sql, "coalesce(");
	for (size_t i = 0; i < COUNT(rows); i++) {
		sqlite3_str_appendf(sql, "%s%s.%s", i > 0 ? ", " : "", rows[i],
				    quantities[r->total].column);
		for (int k = 0; k < r->parts; k++)
			sqlite3_str_appendf(sql, ", %s.%s", rows[i],
					    quantities[r->part[k]].column);
	}
	sqlite3_str_appendall(sql, ")");
}

/* A register that no row shows adds nothing, and is NULL rather than 0. */
static void electricity_consumed(sqlite3_str *sql, enum series s)
{
	sqlite3_str_appendall(sql, "nullif(");
	counter(sql, &end, s);
	sqlite3_str_appendall(sql, " - ");
	counter(sql, &start, s);
	sqlite3_str_appendall(sql, ", iif(");
	present(sql, s);
	sqlite3_str_appendall(sql, " IS NULL, 0, NULL))");
}

/* The row of a table at or before (after) an instant, else its first (last). */
static void seek(sqlite3_str *sql, const char *table, const char *where,
		 const char *at, bool before)
{
	sqlite3_str_appendf(
		sql,
		"ifnull((SELECT %s(ts) FROM %s WHERE %s%sts %s %s), "
		"(SELECT %s(ts) FROM %s%s%s))",
		before ? "max" : "min", table, where, *where ? " AND " : "",
		before ? "<=" : ">=", at, before ? "min" : "max", table,
		*where ? " WHERE " : "", where);
}

void formula_joins(sqlite3_str *sql, const char *boundary, const char *at,
		   const char *before, const char *after)
{
	static const char letters[] = "ba";

	for (int i = 0; i < 2; i++) {
		sqlite3_str_appendf(sql, " LEFT JOIN electricity AS %s%c ON ",
				    boundary, letters[i]);
		sqlite3_str_appendf(sql, "%s%c.ts = ", boundary, letters[i]);
		seek(sql, "electricity", "", at, i == 0);
		sqlite3_str_appendall(sql, i == 0 ? before : after);
		sqlite3_str_appendf(
			sql,
			" LEFT JOIN installation AS %s%ci ON %s%ci.channel = 0"
			" AND %s%ci.medium = 'electricity'"
			" AND %s%ci.first_ts = (SELECT max(first_ts) "
			"FROM installation WHERE channel = 0"
			" AND medium = 'electricity' AND first_ts <= %s%c.ts)",
			boundary, letters[i], boundary, letters[i], boundary,
			letters[i], boundary, letters[i], boundary, letters[i]);
	}
}

static void mbus_counter(sqlite3_str *sql, const struct around *r)
{
	sqlite3_str_appendf(sql,
			    "(%s.value + %si.value_offset + (%s.value + "
			    "%si.value_offset - %s.value - %si.value_offset)"
			    " * (%s - %s.ts) / max(1, %s.ts - %s.ts))",
			    r->b, r->b, r->a, r->a, r->b, r->b, r->at, r->b,
			    r->a, r->b);
}

/* One of the rows around a boundary of meter m, and its installation. */
static void mbus_join(sqlite3_str *sql, const char *row, const char *at,
		      bool before, const char *more)
{
	sqlite3_str_appendf(sql,
			    " CROSS JOIN mbus AS %s ON %s.meter = m.id AND"
			    " %s.ts = ",
			    row, row, row);
	seek(sql, "mbus", "meter = m.id", at, before);
	sqlite3_str_appendf(sql,
			    "%s CROSS JOIN installation AS %si"
			    " ON %si.meter = m.id AND %si.first_ts ="
			    " (SELECT max(first_ts) FROM installation"
			    " WHERE meter = m.id AND first_ts <= %s.ts)",
			    more, row, row, row, row);
}

static void mbus_where(sqlite3_str *sql, enum series s)
{
	sqlite3_str_appendf(sql, " WHERE m.medium = '%s' AND m.unit = '%s'",
			    medium_name(series[s].medium),
			    units[series[s].unit].suffix);
}

/* All meters of the medium at both boundaries of p. */
static void mbus_from(sqlite3_str *sql, enum series s)
{
	sqlite3_str_appendall(sql, " FROM meter AS m");
	mbus_join(sql, "sb", start.at, true, " AND sb.ts < p.end_ts");
	mbus_join(sql, "sa", start.at, false, " AND sa.ts >= p.start_ts");
	mbus_join(sql, "eb", end.at, true, "");
	mbus_join(sql, "ea", end.at, false, "");
	mbus_where(sql, s);
}

void formula_consumed(sqlite3_str *sql, enum series s)
{
	if (series[s].medium == MEDIUM_ELECTRICITY) {
		electricity_consumed(sql, s);
		return;
	}
	sqlite3_str_appendall(sql, "(SELECT sum(");
	mbus_counter(sql, &end);
	sqlite3_str_appendall(sql, " - ");
	mbus_counter(sql, &start);
	sqlite3_str_appendall(sql, ")");
	mbus_from(sql, s);
	sqlite3_str_appendall(sql, ")");
}

#define WIDER "max(sa.ts - sb.ts, ea.ts - eb.ts)"

void formula_gap(sqlite3_str *sql, enum series s)
{
	if (series[s].medium == MEDIUM_ELECTRICITY) {
		sqlite3_str_appendall(sql, WIDER);
		return;
	}
	sqlite3_str_appendall(sql, "(SELECT max(" WIDER ")");
	mbus_from(sql, s);
	sqlite3_str_appendall(sql, ")");
}

void formula_counter(sqlite3_str *sql, enum series s)
{
	if (series[s].medium == MEDIUM_ELECTRICITY) {
		counter(sql, &instant, s);
		return;
	}
	sqlite3_str_appendall(sql, "sum(");
	mbus_counter(sql, &instant);
	sqlite3_str_appendall(sql, ")");
}

void formula_counter_tail(sqlite3_str *sql, enum medium m)
{
	int s = 0;

	while (s < SERIES_COUNT && series[s].medium != m)
		s++;
	if (m == MEDIUM_ELECTRICITY) {
		sqlite3_str_appendall(sql, ", sa.ts - sb.ts FROM (SELECT 1)");
		formula_joins(sql, "s", instant.at, "", "");
		return;
	}
	sqlite3_str_appendall(sql, ", max(sa.ts - sb.ts) FROM meter AS m");
	mbus_join(sql, "sb", instant.at, true, "");
	mbus_join(sql, "sa", instant.at, false, "");
	mbus_where(sql, (enum series)s);
}
